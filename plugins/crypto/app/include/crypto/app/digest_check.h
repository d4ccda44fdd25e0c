#pragma once

#include <crypto/app/digest_feed.h>
#include <crypto/core/digest_line.h>

#include <array>

namespace gantry::crypto {

// One run of `crypto digest --check LIST...`, as sha256sum --check does it: each line names a file
// and its digest. One thread; run() is called once.
//
// Result: {"matched","mismatched","unreadable","malformed","files":[{"path","state"}...]}, "state"
// being "ok", "failed" or "unreadable". Errors: `integrity` when a digest differs, when a list has
// no line of the right form, or, with --strict, one of a wrong form; else, when files cannot be
// read, as for `crypto digest`; not_found when with --ignore-missing no file was there.
class DigestCheck {
  public:
    DigestCheck(CommandCall& call, DigestService& digests);
    void run();

  private:
    Result<void> check_list(const std::string& name);
    Result<void> check_line(const std::string& line);
    Result<void> check_file(const DigestEntry& entry);
    Result<void> tell(const std::string& name, std::string_view state, std::string_view verdict);
    Result<Digest*> digest_for(DigestAlgorithm algorithm);
    void warn(std::uint64_t count, std::string_view one, std::string_view several);
    std::optional<Error> verdict() const;

    CommandCall& call_;
    DigestService& digests_;
    DigestFeed feed_;
    std::array<std::unique_ptr<Digest>, 3> made_;  // by algorithm
    bool quiet_, strict_, ignore_missing_;
    std::uint64_t matched_ = 0, mismatched_ = 0, malformed_ = 0;
    std::vector<Error> unreadable_;
    std::vector<std::string> formless_;  // lists without one line of the right form
    Value files_ = Value::array();
};

}  // namespace gantry::crypto
