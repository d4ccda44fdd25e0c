#pragma once

#include <cstdint>

namespace gantry::lftp {

// Whether sending faster still brings more: three rounds in which the rate grew by less than a
// quarter mean that the pipe is full (draft-ietf-ccwg-bbr section 5.3.1.2).
class FullPipe {
  public:
    static constexpr int kRounds = 3;

    // Once a round, with the rate of a sample that the application did not limit.
    void on_round(std::uint64_t rate) noexcept {
        if (now_) return;
        if (rate >= base_ + base_ / 4) {
            restart(rate);
            return;
        }
        now_ = ++rounds_ >= kRounds;
        reached_ = reached_ || now_;
    }
    // A new search, with `base` as what is known.
    void restart(std::uint64_t base) noexcept {
        base_ = base;
        rounds_ = 0;
        now_ = false;
    }
    void set_reached(bool reached) noexcept { reached_ = reached; }

    bool now() const noexcept { return now_; }
    // Ever, in the life of the connection.
    bool reached() const noexcept { return reached_; }
    bool growing() const noexcept { return rounds_ == 0; }

  private:
    std::uint64_t base_ = 0;
    int rounds_ = 0;
    bool now_ = false;
    bool reached_ = false;
};

}  // namespace gantry::lftp
