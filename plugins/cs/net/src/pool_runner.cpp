#include <cs/net/pool_runner.h>

#include <algorithm>
#include <vector>

namespace gantry::cs {

namespace {

constexpr Duration kRetry = std::chrono::milliseconds(2);
constexpr std::size_t kWorthAThread = 4;  // pieces of short work
constexpr std::size_t kMostThreads = 4;   // that the short work of one turn is spread over

}  // namespace

// Shared with the tasks that are out, which may end after the runner has gone.
struct PoolRunner::State : std::enable_shared_from_this<PoolRunner::State> {
    using Items = std::vector<Item>;  // done one after the other

    State(BlockingPool& p, EventLoop& l) : pool(p), loop(l) {}

    void submit(const std::shared_ptr<Items>& items) {
        auto work = [items] {
            for (auto& item : *items) (void)item.work();
        };
        auto accepted = pool.submit(std::move(work), loop,
                                    [self = shared_from_this(), items] { self->finished(*items); });
        if (accepted) {
            ++out;
        } else if (accepted.error().code == ErrorCode::busy) {
            waiting.push_back(items);
            retry_later();
        } else {
            // The pool has closed: the outcomes stay what they were, an Error.
            ++out;
            loop.post([self = shared_from_this(), items] { self->finished(*items); });
        }
    }
    void add_short(Item item) {
        short_work.push_back(std::move(item));
        if (short_work.size() > 1) return;
        loop.post([self = shared_from_this()] { self->submit_short(); });
    }
    void submit_short() {
        auto items = std::exchange(short_work, {});
        if (items.empty()) return;  // the runner has gone
        const auto threads = std::clamp(items.size() / kWorthAThread, std::size_t{1}, kMostThreads);
        std::vector<std::shared_ptr<Items>> shares;
        for (std::size_t i = 0; i < threads; ++i) shares.push_back(std::make_shared<Items>());
        for (std::size_t i = 0; i < items.size(); ++i)
            shares[i % threads]->push_back(std::move(items[i]));
        for (const auto& share : shares) submit(share);
    }
    void finished(Items& items) {
        --out;
        for (auto& item : items) {
            auto done = std::move(item.done);
            item.work.reset();
            if (alive) (void)done();
        }
        drain();
    }
    void retry_later() {
        if (!timer) timer = loop.make_timer([this] { drain(); });
        if (!timer->armed()) timer->arm(loop.now() + kRetry);
    }
    void drain() {
        auto all = std::exchange(waiting, {});
        for (const auto& items : all) submit(items);
        if (is_idle()) (void)std::exchange(idle, {})();
    }
    bool is_idle() const noexcept { return out == 0 && waiting.empty() && short_work.empty(); }

    BlockingPool& pool;
    EventLoop& loop;
    bool alive = true;
    std::size_t out = 0;
    std::deque<std::shared_ptr<Items>> waiting;
    Items short_work;  // of this turn
    std::unique_ptr<Timer> timer;
    Task idle;
};

PoolRunner::PoolRunner(BlockingPool& pool, EventLoop& loop)
    : state_(std::make_shared<State>(pool, loop)) {}

PoolRunner::~PoolRunner() {
    state_->alive = false;
    state_->waiting.clear();
    state_->short_work.clear();
    state_->timer.reset();
    state_->idle.reset();
}

void PoolRunner::start(Item item) {
    auto items = std::make_shared<State::Items>();
    items->push_back(std::move(item));
    state_->submit(items);
}

void PoolRunner::start_together(Item item) { state_->add_short(std::move(item)); }

void PoolRunner::when_idle(Task idle) {
    state_->idle = std::move(idle);
    if (state_->is_idle()) (void)std::exchange(state_->idle, {})();
}

}  // namespace gantry::cs
