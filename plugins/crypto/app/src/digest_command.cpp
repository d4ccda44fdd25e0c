#include <crypto/app/digest_command.h>
#include <crypto/core/digest_line.h>
#include <crypto/net/local_file.h>

#include <algorithm>
#include <functional>

namespace gantry::crypto {
namespace {

constexpr std::size_t kBlock = 1 << 20;

using Read = std::function<Result<std::size_t>(ByteSpan)>;

// One run over all the files of one call.
class DigestRun {
  public:
    DigestRun(CommandCall& call, DigestAlgorithm algorithm, Digest& digest)
        : call_(call), algorithm_(algorithm), digest_(digest), block_(kBlock) {}

    void run();

  private:
    void set_total();
    Result<void> add(const std::string& name);
    Result<std::uint64_t> feed_file(const std::string& name);
    Result<std::uint64_t> feed_input();
    Result<std::uint64_t> feed(const Read& read);
    void note_failure(const std::string& name, Error error);
    void finish();
    Error verdict() const;

    CommandCall& call_;
    DigestAlgorithm algorithm_;
    Digest& digest_;
    std::vector<std::byte> block_;
    std::vector<std::string> names_ = call_.arguments().operands("FILE");
    std::uint64_t done_ = 0;
    Value files_ = Value::array();
    Value failed_ = Value::array();
    std::vector<Error> errors_;
};

bool ends_the_run(const Error& error) {
    return error.code == ErrorCode::cancelled || error.code == ErrorCode::closed;
}

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
    const auto bytes = name == "-" ? feed_input() : feed_file(name);
    const auto value = to_hex(digest_.finish());  // also after a failure: the next starts anew
    if (!bytes) return bytes.error();
    files_.push(Value::object()
                    .set("path", name)
                    .set("algorithm", digest_name(algorithm_))
                    .set("value", value)
                    .set("bytes", *bytes));
    return call_.out().write(digest_line(value, name));
}

Result<std::uint64_t> DigestRun::feed_file(const std::string& name) {
    auto file = LocalFile::open(call_.local_path(name), name);
    if (!file) return std::move(file).error();
    return feed([&](ByteSpan into) { return file->read(into, call_.job()); });
}

Result<std::uint64_t> DigestRun::feed_input() {
    return feed([&](ByteSpan into) -> Result<std::size_t> {
        if (call_.job().cancel_requested())
            return make_error(ErrorCode::cancelled, "crypto", "cancelled", "-");
        return call_.in().read(into);
    });
}

Result<std::uint64_t> DigestRun::feed(const Read& read) {
    for (std::uint64_t fed = 0;;) {
        const auto count = read(block_);
        if (!count) return count.error();
        if (*count == 0) return fed;
        digest_.update(ByteView(block_).first(*count));
        fed += *count;
        done_ += *count;
        call_.job().progress(ByteCount(done_));
    }
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

Error DigestRun::verdict() const {
    if (names_.size() == 1) return errors_.front();
    const auto code = errors_.front().code;
    const bool alike = errors_.size() == names_.size() &&
                       std::ranges::all_of(errors_, [&](auto& e) { return e.code == code; });
    return make_error(alike ? code : ErrorCode::partial, "crypto",
                      std::to_string(errors_.size()) + " of " + std::to_string(names_.size()) +
                          " files could not be read");
}

void DigestRun::finish() {
    auto fields = Value::object().set("files", std::move(files_));
    if (errors_.empty()) return call_.finish(std::move(fields));
    call_.fail(verdict(), std::move(fields.set("failed", std::move(failed_))));
}

}  // namespace

void DigestCommand::run(CommandCall& call) {
    const auto algorithm = digest_from_name(call.arguments().text("algorithm").value_or("sha256"));
    if (!algorithm) return call.finish(algorithm.error());
    const auto digest = digests_.create(*algorithm);
    if (!digest) return call.finish(digest.error());
    DigestRun(call, *algorithm, **digest).run();
}

}  // namespace gantry::crypto
