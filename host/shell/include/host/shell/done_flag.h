#pragma once

#include <host/shell/fd_io.h>

#include <atomic>

namespace gantry::host {

// Set once, from any thread; waited for by polling its descriptor, which then stays readable.
class DoneFlag {
  public:
    DoneFlag();
    void set() noexcept;
    bool is_set() const noexcept { return set_.load(std::memory_order_acquire); }
    int fd() const noexcept { return fd_.get(); }

  private:
    std::atomic<bool> set_{false};
    OwnedFd fd_;
};

}  // namespace gantry::host
