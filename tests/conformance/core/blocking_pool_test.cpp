#include <gantry/testing/virtual_pool.h>
#include <host/system/asio_loop.h>
#include <host/system/thread_pool.h>
#include <support/conformance/blocking_pool_suite.h>

#include <future>

namespace gantry::testing::conformance {
namespace {

// Two threads, and the real loop on the thread of the test.
class ThreadPoolHarness final : public PoolHarness {
  public:
    ThreadPoolHarness() {
        loop_.set_fault_handler([this](const Error&) { ++faults_; });
    }
    EventLoop& loop() override { return loop_; }
    bool run_until(const std::function<bool()>& done, Duration limit) override {
        const TimePoint end = loop_.now() + limit;
        while (!done()) {
            const Duration left = end - loop_.now();
            if (left <= Duration::zero()) return false;
            loop_.run_once(left);
        }
        return true;
    }
    std::size_t faults() const override { return faults_; }
    BlockingPool& pool() override { return pool_; }
    void stop_pool() override { pool_.stop(); }
    Result<void> fill_queue(const std::function<Result<void>()>& submit) override {
        std::promise<void> opened;
        const std::shared_future<void> gate = opened.get_future().share();
        for (std::size_t i = 0; i < kThreads; ++i) (void)hold_a_thread(gate);
        Result<void> last;
        while (last) last = submit();
        opened.set_value();
        return last;
    }

  private:
    static constexpr std::size_t kThreads = 2;

    // Returns when one more thread of the pool waits for the gate.
    bool hold_a_thread(const std::shared_future<void>& gate) {
        auto begun = std::make_shared<std::promise<void>>();
        auto running = begun->get_future();
        const auto taken =
            pool_.submit([gate, begun] { begun->set_value(), gate.wait(); }, loop_, {});
        if (taken) running.wait();
        return taken.ok();
    }

    host::AsioLoop loop_;
    std::size_t faults_ = 0;
    host::ThreadPool pool_{"pool", kThreads};
};

// On virtual time nothing runs inside submit(), so the queue fills up by itself.
class VirtualPoolHarness final : public PoolHarness {
  public:
    EventLoop& loop() override { return loop_; }
    bool run_until(const std::function<bool()>& done, Duration limit) override {
        return loop_.run_until(done, limit);
    }
    std::size_t faults() const override { return loop_.errors().size(); }
    BlockingPool& pool() override { return pool_; }
    void stop_pool() override { pool_.close(); }
    Result<void> fill_queue(const std::function<Result<void>()>& submit) override {
        Result<void> last;
        while (last) last = submit();
        return last;
    }

  private:
    VirtualClock clock_;
    VirtualLoop loop_{clock_};
    VirtualPool pool_{clock_};
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(BlockingPoolSuite<ThreadPoolHarness>);
CPPUNIT_TEST_SUITE_REGISTRATION(BlockingPoolSuite<VirtualPoolHarness>);

}  // namespace gantry::testing::conformance
