#include <benchmark/benchmark.h>
#include <host/system/asio_loop.h>
#include <host/system/loop_thread.h>

#include <future>
#include <memory>
#include <vector>

using namespace gantry;

namespace {

// A task that posts itself again: one turn of the loop.
void loop_post_turn(benchmark::State& state) {
    host::AsioLoop loop;
    for (auto _ : state) {
        loop.post([] {});
        loop.run_once(std::chrono::seconds(1));
    }
}
BENCHMARK(loop_post_turn);

void loop_post_batch_of_thousand(benchmark::State& state) {
    host::AsioLoop loop;
    for (auto _ : state) {
        for (int i = 0; i < 1000; ++i) loop.post([] {});
        loop.run_once(std::chrono::seconds(1));
    }
    state.SetItemsProcessed(state.iterations() * 1000);
}
BENCHMARK(loop_post_batch_of_thousand);

// From another thread, to a loop that waits, and back.
void loop_wake_up_round_trip(benchmark::State& state) {
    host::LoopThread thread("bench");
    for (auto _ : state) {
        std::promise<void> ran;
        auto done = ran.get_future();
        thread.loop().post([ran = std::move(ran)]() mutable { ran.set_value(); });
        done.wait();
    }
}
BENCHMARK(loop_wake_up_round_trip)->UseRealTime();

// Moving the deadline of one timer among many, as each packet of a connection does.
void timer_arm_again(benchmark::State& state) {
    host::AsioLoop loop;
    const auto count = static_cast<std::size_t>(state.range(0));
    std::vector<std::unique_ptr<Timer>> timers;
    const TimePoint base = loop.now() + std::chrono::hours(1);
    for (std::size_t i = 0; i < count; ++i) {
        timers.push_back(loop.make_timer([] {}));
        timers.back()->arm(base + std::chrono::microseconds(i * 7919 % count));
    }
    std::size_t next = 0;
    for (auto _ : state) {
        next = (next + 7919) % count;
        timers[next]->arm(base + std::chrono::microseconds(next));
    }
}
BENCHMARK(timer_arm_again)->Arg(100)->Arg(100'000);

void timers_fire(benchmark::State& state) {
    host::AsioLoop loop;
    constexpr std::size_t kCount = 100'000;
    std::size_t fired = 0;
    std::vector<std::unique_ptr<Timer>> timers;
    for (std::size_t i = 0; i < kCount; ++i)
        timers.push_back(loop.make_timer([&fired] { ++fired; }));
    for (auto _ : state) {
        fired = 0;
        const TimePoint now = loop.now();
        for (const auto& timer : timers) timer->arm(now);
        while (fired < kCount) loop.run_once(std::chrono::seconds(1));
    }
    state.SetItemsProcessed(state.iterations() * kCount);
}
BENCHMARK(timers_fire)->Unit(benchmark::kMillisecond);

}  // namespace
