#include <crypto/app/digest_check.h>
#include <crypto/app/digest_command.h>
#include <crypto/app/digest_feed.h>
#include <crypto/core/digest_line.h>
#include <crypto/net/local_file.h>

#include <algorithm>

namespace gantry::crypto {
namespace {

// One run over all the files of one call.
class DigestRun {
  public:
    DigestRun(CommandCall& call, DigestAlgorithm algorithm, Digest& digest)
        : call_(call), algorithm_(algorithm), digest_(digest), feed_(call) {}

    void run();

  private:
    void set_total();
    Result<void> add(const std::string& name);
    void note_failure(const std::string& name, Error error);
    void finish();

    CommandCall& call_;
    DigestAlgorithm algorithm_;
    Digest& digest_;
    DigestFeed feed_;
    std::vector<std::string> names_ = call_.arguments().operands("FILE");
    Value files_ = Value::array();
    Value failed_ = Value::array();
    std::vector<Error> errors_;
};

void DigestRun::run() {
    set_total();
    for (const auto& name : names_) {
        auto added = add(name);
        if (added) continue;
        if (ends_the_run(added.error())) return call_.finish(std::move(added).error());
        note_failure(name, std::move(added).error());
    }
    finish();
}

// Left unknown when one of them is a pipe, a device or missing.
void DigestRun::set_total() {
    std::uint64_t total = 0;
    for (const auto& name : names_) {
        const auto size = name == "-" ? std::nullopt : size_of_file(call_.local_path(name));
        if (!size) return;
        total += size->value();
    }
    call_.job().set_total(ByteCount(total));
}

Result<void> DigestRun::add(const std::string& name) {
    const auto bytes = feed_.feed(name, digest_);
    const auto value = to_hex(digest_.finish());  // also after a failure: the next starts anew
    if (!bytes) return bytes.error();
    files_.push(Value::object()
                    .set("path", name)
                    .set("algorithm", digest_name(algorithm_))
                    .set("value", value)
                    .set("bytes", *bytes));
    return call_.out().write(digest_line(value, name));
}

void DigestRun::note_failure(const std::string& name, Error error) {
    if (names_.size() > 1) (void)call_.messages().write("crypto digest: " + describe(error) + "\n");
    failed_.push(Value::object()
                     .set("path", name)
                     .set("error", Value::object()
                                       .set("code", exit_status(error.code))
                                       .set("name", error_name(error.code))
                                       .set("message", error.message)));
    errors_.push_back(std::move(error));
}

void DigestRun::finish() {
    auto fields = Value::object().set("files", std::move(files_));
    if (errors_.empty()) return call_.finish(std::move(fields));
    call_.fail(joint_error(errors_, names_.size()),
               std::move(fields.set("failed", std::move(failed_))));
}

}  // namespace

Error joint_error(const std::vector<Error>& errors, std::size_t files) {
    if (files == 1) return errors.front();
    const auto code = errors.front().code;
    const bool alike = errors.size() == files &&
                       std::ranges::all_of(errors, [&](auto& e) { return e.code == code; });
    return make_error(alike ? code : ErrorCode::partial, "crypto",
                      std::to_string(errors.size()) + " of " + std::to_string(files) +
                          " files could not be read");
}

void DigestCommand::run(CommandCall& call) {
    if (call.arguments().flag("check")) return DigestCheck(call, digests_).run();
    const auto algorithm = digest_from_name(call.arguments().text("algorithm").value_or("sha256"));
    if (!algorithm) return call.finish(algorithm.error());
    const auto digest = digests_.create(*algorithm);
    if (!digest) return call.finish(digest.error());
    DigestRun(call, *algorithm, **digest).run();
}

}  // namespace gantry::crypto
