#pragma once

#include <gantry/core/callback.h>

#include <cstddef>
#include <deque>
#include <memory>

namespace gantry::cs {

// A right to hold one file open. Dropping it passes it on.
class FileSlot {
  public:
    FileSlot() = default;
    explicit FileSlot(std::shared_ptr<void> right) : right_(std::move(right)) {}

  private:
    std::shared_ptr<void> right_;
};

// Hands out a fixed number of rights, first come first served. Loop thread only.
class FileSlots {
  public:
    explicit FileSlots(std::size_t count);
    ~FileSlots();
    // Calls `granted` at once when one is free, or when one comes back.
    void acquire(Callback<FileSlot> granted);
    std::size_t free() const noexcept;

  private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace gantry::cs
