#pragma once

#include <cs/core/limits.h>
#include <gantry/core/clock.h>

#include <algorithm>
#include <cstdint>
#include <optional>

namespace gantry::cs {

// Notices an answer that the client gives too little credit: less than limits::kMinDrained bytes in
// a time.
class StallWatch {
  public:
    // `ready`: bytes that could be sent if there were credit for more than `room`.
    void update(std::uint64_t ready, std::uint64_t room, TimePoint now) {
        if (ready == 0 || room >= std::min(ready, limits::kMinDrained))
            since_.reset();
        else if (!since_)
            since_ = now;
    }
    std::optional<TimePoint> deadline(Duration limit) const {
        return since_ ? std::optional(*since_ + limit) : std::nullopt;
    }

  private:
    std::optional<TimePoint> since_;
};

}  // namespace gantry::cs
