#include <crypto/net/run_together.h>

#include <algorithm>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

namespace gantry::crypto {
namespace {

constexpr std::size_t kMostHelpers = 4;

// Outlives the call: a thread of the pool may come when all is over.
struct Shared {
    bool enter() {
        const std::lock_guard lock(mutex);
        if (over) return false;
        ++inside;
        return true;
    }
    void leave() {
        const std::lock_guard lock(mutex);
        --inside;
        changed.notify_all();
    }
    void finish() {
        std::unique_lock lock(mutex);
        over = true;
        changed.wait(lock, [this] { return inside == 0; });
    }
    std::mutex mutex;
    std::condition_variable changed;
    std::size_t inside = 0;
    bool over = false;
};

}  // namespace

void run_together(BlockingPool& pool, EventLoop& loop, std::size_t helpers,
                  const std::function<void()>& work) {
    const auto shared = std::make_shared<Shared>();
    for (std::size_t i = 0; i < helpers; ++i) {
        const auto taken = pool.submit(
            [shared, &work] {
                if (!shared->enter()) return;
                (void)guarded(work);
                shared->leave();
            },
            loop, {});
        if (!taken) break;  // this thread does it alone
    }
    (void)guarded(work);
    shared->finish();
}

std::size_t useful_helpers() noexcept {
    const std::size_t cores = std::thread::hardware_concurrency();
    return std::clamp<std::size_t>(cores, 1, kMostHelpers + 1) - 1;
}

}  // namespace gantry::crypto
