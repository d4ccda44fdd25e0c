#pragma once

#include <gantry/core/units.h>
#include <host/shell/done_flag.h>

#include <cstdint>
#include <functional>
#include <optional>

namespace gantry::host {

enum class WaitEnd : std::uint8_t {
    done,
    forced,  // asked twice to stop, and it did not
    limit,
};

// How a thread of the shell waits for a command.
class Waiter {
  public:
    virtual ~Waiter() = default;
    // Until `flag` is set. `interrupt` is called, on this thread, when the person asks to stop.
    virtual WaitEnd wait(const DoneFlag& flag, const std::function<void()>& interrupt,
                         std::optional<Duration> limit = {}) = 0;
};

// How often one who waits for others' work looks whether it is cancelled itself.
inline constexpr Duration kCancelCheck = std::chrono::milliseconds(50);

// Behind the prompt: nobody interrupts.
class PlainWaiter final : public Waiter {
  public:
    WaitEnd wait(const DoneFlag& flag, const std::function<void()>& interrupt,
                 std::optional<Duration> limit = {}) override;
};

}  // namespace gantry::host
