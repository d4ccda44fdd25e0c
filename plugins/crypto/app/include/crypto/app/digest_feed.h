#pragma once

#include <gantry/command/call.h>
#include <gantry/crypto/digest.h>

#include <vector>

namespace gantry::crypto {

// Feeds files to digests, and tells the job how far it is. Blocking; one thread.
class DigestFeed {
  public:
    explicit DigestFeed(CommandCall& call);
    // A whole file, or standard input for "-"; answers its bytes. The digest starts anew, also
    // after a failure, when the caller has finished it.
    Result<std::uint64_t> feed(const std::string& name, Digest& digest);

  private:
    CommandCall& call_;
    std::vector<std::byte> block_;
    std::uint64_t done_ = 0;
};

// The command was cancelled, or nobody reads what it prints: it ends.
bool ends_the_run(const Error& error) noexcept;

}  // namespace gantry::crypto
