#pragma once

#include <atomic>
#include <cstddef>
#include <memory>

namespace gantry::cs {

// How many answers of a server send files from memory at once: slow readers would else fill it.
// Thread-safe; a share may outlive it.
class CopyBudget {
  public:
    using Share = std::shared_ptr<void>;

    explicit CopyBudget(std::size_t shares)
        : left_(std::make_shared<std::atomic<std::ptrdiff_t>>(shares)) {}
    // Null when all are out. Dropping a share gives it back.
    Share take();

  private:
    std::shared_ptr<std::atomic<std::ptrdiff_t>> left_;
};

}  // namespace gantry::cs
