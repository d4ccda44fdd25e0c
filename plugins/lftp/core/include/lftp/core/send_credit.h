#pragma once

#include <algorithm>
#include <cstdint>

namespace gantry::lftp {

// How much the peer lets us send: bytes of a stream, bytes of all, or streams.
class SendCredit {
  public:
    explicit SendCredit(std::uint64_t limit = 0, std::uint64_t used = 0) noexcept
        : limit_(limit), used_(used) {}

    std::uint64_t limit() const noexcept { return limit_; }
    std::uint64_t used() const noexcept { return used_; }
    std::uint64_t room() const noexcept { return limit_ > used_ ? limit_ - used_ : 0; }
    void use(std::uint64_t amount) noexcept { used_ += amount; }
    // What the peer said; an older, smaller limit does nothing.
    void raise(std::uint64_t limit) noexcept { limit_ = std::max(limit_, limit); }

    // Something waits and there is no room: whether the peer is to be told, once for each limit.
    bool tells_blocked() noexcept {
        if (room() > 0 || told_at_ == limit_) return false;
        told_at_ = limit_;
        return true;
    }
    // It did not arrive, or nothing came of it: to be told again.
    void tell_again() noexcept { told_at_ = kNever; }

  private:
    static constexpr std::uint64_t kNever = ~std::uint64_t{0};
    std::uint64_t limit_;
    std::uint64_t used_;
    std::uint64_t told_at_ = kNever;
};

}  // namespace gantry::lftp
