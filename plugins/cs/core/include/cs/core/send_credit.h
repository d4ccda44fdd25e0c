#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>

namespace gantry::cs {

// How many bytes of data the peer still lets us send (docs/protocols/cs.md, "Streams").
class SendCredit {
  public:
    static constexpr std::uint64_t kUnlimited = std::numeric_limits<std::uint64_t>::max();
    explicit SendCredit(std::uint64_t limit = kUnlimited) : limit_(limit) {}

    std::uint64_t room() const noexcept { return limit_ - used_; }
    // At most room().
    void spend(std::uint64_t bytes) noexcept { used_ += std::min(bytes, room()); }
    // A limit since the start; never less than the one before.
    void raise(std::uint64_t limit) noexcept { limit_ = std::max(limit_, limit); }

  private:
    std::uint64_t limit_;
    std::uint64_t used_ = 0;
};

}  // namespace gantry::cs
