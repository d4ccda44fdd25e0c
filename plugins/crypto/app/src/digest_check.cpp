#include <crypto/app/command_input.h>
#include <crypto/app/digest_check.h>
#include <crypto/app/digest_command.h>
#include <crypto/core/line_splitter.h>

namespace gantry::crypto {
namespace {

constexpr std::size_t kListBlock = 64 * 1024;

Error integrity(std::string message, std::string context = {}) {
    return make_error(ErrorCode::integrity, "crypto", std::move(message), std::move(context));
}

}  // namespace

DigestCheck::DigestCheck(CommandCall& call, DigestService& digests)
    : call_(call),
      digests_(digests),
      feed_(call),
      quiet_(call.arguments().flag("quiet")),
      strict_(call.arguments().flag("strict")),
      ignore_missing_(call.arguments().flag("ignore-missing")) {}

void DigestCheck::run() {
    for (const auto& name : call_.arguments().operands("FILE"))
        if (auto checked = check_list(name); !checked)
            return call_.finish(std::move(checked).error());
    warn(malformed_, "line is improperly formatted", "lines are improperly formatted");
    warn(unreadable_.size(), "listed file could not be read", "listed files could not be read");
    warn(mismatched_, "computed checksum did NOT match", "computed checksums did NOT match");
    auto fields = Value::object()
                      .set("matched", matched_)
                      .set("mismatched", mismatched_)
                      .set("unreadable", std::uint64_t{unreadable_.size()})
                      .set("malformed", malformed_)
                      .set("files", std::move(files_));
    if (auto fault = verdict()) return call_.fail(std::move(*fault), std::move(fields));
    call_.finish(std::move(fields));
}

// Fails only where the whole run ends.
Result<void> DigestCheck::check_list(const std::string& name) {
    auto input = CommandInput::open(call_, name);
    if (!input) return std::move(input).error();
    std::vector<std::byte> block(kListBlock);
    LineSplitter lines;
    const auto formed_before = matched_ + mismatched_ + unreadable_.size();
    const auto malformed_before = malformed_;
    for (bool more = true; more;) {
        const auto count = input->read(block);
        if (!count) return count.error();
        more = *count > 0;
        if (more)
            lines.feed(ByteView(block).first(*count));
        else
            lines.finish();
        while (const auto line = lines.next())
            if (auto checked = check_line(*line); !checked) return checked;
    }
    const bool formed = matched_ + mismatched_ + unreadable_.size() > formed_before;
    if (!formed && (malformed_ > malformed_before || !ignore_missing_)) formless_.push_back(name);
    return {};
}

Result<void> DigestCheck::check_line(const std::string& line) {
    if (is_digest_comment(line)) return {};
    if (line.size() <= LineSplitter::kMaxLine)
        if (const auto entry = read_digest_line(line)) return check_file(*entry);
    ++malformed_;
    return {};
}

Result<void> DigestCheck::check_file(const DigestEntry& entry) {
    const auto digest = digest_for(entry.algorithm);
    if (!digest) return digest.error();
    const auto bytes = feed_.feed(entry.name, **digest);
    const auto value = to_hex((*digest)->finish());
    if (!bytes) {
        const auto& error = bytes.error();
        if (ends_the_run(error)) return error;
        if (ignore_missing_ && error.code == ErrorCode::not_found) return {};
        (void)call_.messages().write("crypto digest: " + describe(error) + "\n");
        unreadable_.push_back(error);
        return tell(entry.name, "unreadable", "FAILED open or read");
    }
    const bool same = value == entry.hex;
    ++(same ? matched_ : mismatched_);
    return tell(entry.name, same ? "ok" : "failed", same ? "OK" : "FAILED");
}

Result<void> DigestCheck::tell(const std::string& name, std::string_view state,
                               std::string_view verdict) {
    files_.push(Value::object().set("path", name).set("state", state));
    if (quiet_ && state == "ok") return {};
    return call_.out().write(verdict_line(name, verdict));
}

Result<Digest*> DigestCheck::digest_for(DigestAlgorithm algorithm) {
    auto& made = made_[static_cast<std::size_t>(algorithm)];
    if (!made) {
        auto digest = digests_.create(algorithm);
        if (!digest) return std::move(digest).error();
        made = std::move(*digest);
    }
    return made.get();
}

void DigestCheck::warn(std::uint64_t count, std::string_view one, std::string_view several) {
    if (count == 0) return;
    (void)call_.messages().write("crypto digest: WARNING: " + std::to_string(count) + " " +
                                 std::string(count == 1 ? one : several) + "\n");
}

std::optional<Error> DigestCheck::verdict() const {
    const auto files = matched_ + mismatched_ + unreadable_.size();
    if (mismatched_ > 0)
        return integrity(std::to_string(mismatched_) + " of " + std::to_string(files) +
                         " files do not match their digests");
    if (!formless_.empty())
        return integrity("no line of it is a digest and a name", formless_.front());
    if (strict_ && malformed_ > 0) return integrity("a line of the list is improperly formatted");
    if (!unreadable_.empty()) return joint_error(unreadable_, files);
    if (files == 0) return make_error(ErrorCode::not_found, "crypto", "no file was verified");
    return std::nullopt;
}

}  // namespace gantry::crypto
