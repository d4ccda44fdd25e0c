#pragma once

#include <array>
#include <cstdint>

namespace gantry::lftp {

// The largest value of the last `length` ticks, with the three best of it kept in place of all
// (Kathleen Nichols' filter). `tick` never goes back.
class WindowedMax {
  public:
    std::uint64_t update(std::uint64_t value, std::uint64_t tick, std::uint64_t length) noexcept {
        const Entry entry{value, tick};
        if (value >= best_[0].value || tick - best_[2].tick > length) {
            best_.fill(entry);
            return value;
        }
        if (value >= best_[1].value)
            best_[1] = best_[2] = entry;
        else if (value >= best_[2].value)
            best_[2] = entry;
        age(entry, length);
        return best_[0].value;
    }
    std::uint64_t value() const noexcept { return best_[0].value; }

  private:
    struct Entry {
        std::uint64_t value = 0;
        std::uint64_t tick = 0;
    };

    // The best leaves when it is too old; a second and third that are no younger than it are
    // replaced in a quarter and a half of the window.
    void age(const Entry& entry, std::uint64_t length) noexcept {
        const std::uint64_t old = entry.tick - best_[0].tick;
        if (old > length) {
            best_[0] = best_[1];
            best_[1] = best_[2];
            best_[2] = entry;
            if (entry.tick - best_[0].tick > length) {
                best_[0] = best_[1];
                best_[1] = best_[2];
            }
        } else if (best_[1].tick == best_[0].tick && old > length / 4) {
            best_[1] = best_[2] = entry;
        } else if (best_[2].tick == best_[1].tick && old > length / 2) {
            best_[2] = entry;
        }
    }

    std::array<Entry, 3> best_;
};

}  // namespace gantry::lftp
