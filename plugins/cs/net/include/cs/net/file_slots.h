#pragma once

#include <gantry/core/callback.h>
#include <gantry/net/endpoint.h>
#include <gantry/net/event_loop.h>

#include <cstddef>
#include <memory>

namespace gantry::cs {

// A right to hold one file open. Dropping it, on any thread, passes it on.
class FileSlot {
  public:
    FileSlot() = default;
    explicit FileSlot(std::shared_ptr<void> right) : right_(std::move(right)) {}

  private:
    std::shared_ptr<void> right_;
};

// Hands out a fixed number of rights over all loops of a server, and of those a smaller number to
// one address, unless it is this machine's own. Addresses that wait have their turns one after the
// other, so that one with many requests does not hold up the rest. Thread-safe.
class FileSlots {
  public:
    FileSlots(std::size_t count, std::size_t per_address);
    ~FileSlots();
    // Calls `granted` on `loop`, whose thread this is: at once when a right is free, or in a later
    // turn. A loop that ends before that passes the right on.
    void acquire(const IpAddress& who, EventLoop& loop, Callback<FileSlot> granted);
    std::size_t free() const;

  private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace gantry::cs
