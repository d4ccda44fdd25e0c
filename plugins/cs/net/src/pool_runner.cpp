#include <cs/net/pool_runner.h>

namespace gantry::cs {

namespace {

constexpr Duration kRetry = std::chrono::milliseconds(2);

}  // namespace

// Shared with the tasks that are out, which may end after the runner has gone.
struct PoolRunner::State : std::enable_shared_from_this<PoolRunner::State> {
    State(BlockingPool& p, EventLoop& l) : pool(p), loop(l) {}

    void submit(const std::shared_ptr<Item>& item) {
        auto accepted = pool.submit([item] { (void)item->work(); }, loop,
                                    [self = shared_from_this(), item] { self->finished(*item); });
        if (accepted) {
            ++out;
        } else if (accepted.error().code == ErrorCode::busy) {
            waiting.push_back(item);
            retry_later();
        } else {
            // The pool has closed: the outcome stays what it was, an Error.
            ++out;
            loop.post([self = shared_from_this(), item] { self->finished(*item); });
        }
    }
    void finished(Item& item) {
        --out;
        auto done = std::move(item.done);
        item.work.reset();
        if (alive) (void)done();
        drain();
    }
    void retry_later() {
        if (!timer) timer = loop.make_timer([this] { drain(); });
        if (!timer->armed()) timer->arm(loop.now() + kRetry);
    }
    void drain() {
        auto items = std::exchange(waiting, {});
        for (const auto& item : items) submit(item);
        if (out == 0 && waiting.empty()) (void)std::exchange(idle, {})();
    }

    BlockingPool& pool;
    EventLoop& loop;
    bool alive = true;
    std::size_t out = 0;
    std::deque<std::shared_ptr<Item>> waiting;
    std::unique_ptr<Timer> timer;
    Task idle;
};

PoolRunner::PoolRunner(BlockingPool& pool, EventLoop& loop)
    : state_(std::make_shared<State>(pool, loop)) {}

PoolRunner::~PoolRunner() {
    state_->alive = false;
    state_->waiting.clear();
    state_->timer.reset();
    state_->idle.reset();
}

void PoolRunner::start(Item item) { state_->submit(std::make_shared<Item>(std::move(item))); }

void PoolRunner::when_idle(Task idle) {
    state_->idle = std::move(idle);
    if (state_->out == 0 && state_->waiting.empty()) (void)std::exchange(state_->idle, {})();
}

}  // namespace gantry::cs
