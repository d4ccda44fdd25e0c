#pragma once

#include "on_release.h"

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace gantry::testing::detail {

// Counts what a plugin holds, by kind. Thread-safe.
class Ledger : public std::enable_shared_from_this<Ledger> {
  public:
    // Counted until the Registration is dropped, and `held` with it.
    Registration count(const std::string& kind, Registration held = {}) {
        change(kind, 1);
        auto shared = std::make_shared<Registration>(std::move(held));
        return on_release([self = shared_from_this(), kind, shared] {
            shared->release();
            self->change(kind, -1);
        });
    }
    std::map<std::string, int> counts() const {
        const std::lock_guard lock(mutex_);
        return counts_;
    }

  private:
    void change(const std::string& kind, int by) {
        const std::lock_guard lock(mutex_);
        counts_[kind] += by;
    }
    mutable std::mutex mutex_;
    std::map<std::string, int> counts_;
};

}  // namespace gantry::testing::detail
