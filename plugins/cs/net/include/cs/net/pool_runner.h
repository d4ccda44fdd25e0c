#pragma once

#include <gantry/core/callback.h>
#include <gantry/job/blocking_pool.h>
#include <gantry/net/event_loop.h>

#include <deque>
#include <memory>
#include <optional>
#include <utility>

namespace gantry::cs {

// Sends blocking work to the pool from one loop, and brings its outcome back there. While the
// pool's queue is full the work waits here; its owners bound how much. Loop thread only. Destroying
// it drops what waits; work that the pool has runs on, and its outcome is dropped.
class PoolRunner {
  public:
    PoolRunner(BlockingPool& pool, EventLoop& loop);
    ~PoolRunner();
    PoolRunner(const PoolRunner&) = delete;
    PoolRunner& operator=(const PoolRunner&) = delete;

    // Runs `work`, which answers a Result<T>, on a pool thread, then `done(Result<T>)` on the loop.
    // `done` gets ErrorCode::closed when the pool takes no more work.
    template <class Work, class Done>
    void run(Work work, Done done);
    // The same for work that is quickly done, as with a small file. What is asked for in one turn
    // goes out together, since waking a thread would cost more than the work does.
    template <class Work, class Done>
    void run_short(Work work, Done done);
    // Calls `idle` once, when no work is out: at once or in a later turn.
    void when_idle(Task idle);

  private:
    struct Item {
        Task work;
        Task done;
    };
    struct State;
    template <class Work, class Done>
    static Item make_item(Work work, Done done);
    void start(Item item);
    void start_together(Item item);

    std::shared_ptr<State> state_;
};

template <class Work, class Done>
void PoolRunner::run(Work work, Done done) {
    start(make_item(std::move(work), std::move(done)));
}

template <class Work, class Done>
void PoolRunner::run_short(Work work, Done done) {
    start_together(make_item(std::move(work), std::move(done)));
}

template <class Work, class Done>
PoolRunner::Item PoolRunner::make_item(Work work, Done done) {
    using Outcome = std::invoke_result_t<Work&>;
    struct Box {
        Work work;
        Done done;
        Outcome outcome = make_error(ErrorCode::closed, "cs", "the plugin is stopping");
    };
    auto box = std::make_shared<Box>(Box{std::move(work), std::move(done)});
    return {[box] { box->outcome = box->work(); },
            [box]() mutable {
                const auto kept = std::move(box);
                kept->done(std::move(kept->outcome));
            }};
}

}  // namespace gantry::cs
