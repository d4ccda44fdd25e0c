#include <cppunit/extensions/HelperMacros.h>
#include <gantry/plugin/abi.h>
#include <host/system/loop_thread.h>
#include <host/system/system_connector.h>
#include <support/process.h>
#include <support/usage.h>

#include <future>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

using namespace gantry;

namespace {

// A sanitizer has memory of its own for each object, and a thread that works now and then.
constexpr bool kSanitized = std::string_view(GANTRY_SANITIZER) != "none";
constexpr Duration kIdleTime = std::chrono::milliseconds(kSanitized ? 100 : 5);
constexpr std::size_t kMostMemory = kSanitized ? 65'536 : 4'096;

// Ten thousand connections that say nothing, on one loop, with their other ends in another process.
class IdleConnectionsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(IdleConnectionsTest);
    CPPUNIT_TEST(ten_thousand_cost_little_memory_and_no_time_and_all_tell_their_end);
    CPPUNIT_TEST_SUITE_END();

    static constexpr std::size_t kCount = 10'000;
    static constexpr auto kPatience = std::chrono::seconds(60);

    host::LoopThread thread_{"server"};
    host::SystemConnector connector_;
    std::unique_ptr<Listener> listener_;
    std::vector<std::unique_ptr<Stream>> streams_;
    std::size_t ends_ = 0;
    std::size_t failures_ = 0;

  public:
    void setUp() override {
        CPPUNIT_ASSERT_MESSAGE("this machine allows too few descriptors",
                               testing::raise_descriptor_limit() > kCount + 100);
        on_loop([this] {
            auto made = connector_.listen(
                thread_.loop(), *Endpoint::parse("127.0.0.1:0"), {.backlog = 4096},
                [this](std::unique_ptr<Stream> stream) { keep(std::move(stream)); });
            if (made) listener_ = std::move(*made);
        });
        CPPUNIT_ASSERT(listener_ != nullptr);
    }
    void tearDown() override {
        on_loop([this] {
            streams_.clear();
            listener_.reset();
        });
    }

  private:
    void on_loop(Task task) { CPPUNIT_ASSERT(thread_.run_and_wait(std::move(task)).ok()); }

    void keep(std::unique_ptr<Stream> stream) {
        Stream* kept = streams_.emplace_back(std::move(stream)).get();
        kept->set_callbacks({.readable = [this, kept] { read(*kept); },
                             .writable = {},
                             .closed = [this](const Error&) { ++failures_; }});
        kept->set_interest(Interest::read);
    }
    void read(Stream& stream) {
        std::byte byte;
        const auto got = stream.read(ByteSpan(&byte, 1));
        if (!got || !got->end) return;
        ++ends_;
        stream.set_interest(Interest::none);
    }
    // Waits until a number that changes on the loop has reached the count.
    bool wait_for(const std::function<std::size_t()>& number) {
        std::promise<void> reached;
        auto waiting = reached.get_future();
        std::unique_ptr<Timer> timer;
        on_loop([&] {
            timer = thread_.loop().make_timer([&] {
                if (number() == kCount)
                    reached.set_value();
                else
                    timer->arm(thread_.loop().now() + std::chrono::milliseconds(5));
            });
            timer->arm(thread_.loop().now());
        });
        const bool in_time = waiting.wait_for(kPatience) == std::future_status::ready;
        on_loop([&] { timer.reset(); });
        return in_time;
    }
    // The processor time that goes by in one second of the loop.
    Duration idle_second() {
        std::promise<void> over;
        std::unique_ptr<Timer> timer;
        const Duration before = testing::cpu_time();
        on_loop([&] {
            timer = thread_.loop().make_timer([&] { over.set_value(); });
            timer->arm(thread_.loop().now() + std::chrono::seconds(1));
        });
        over.get_future().wait();
        const Duration used = testing::cpu_time() - before;
        on_loop([&] { timer.reset(); });
        return used;
    }

    void ten_thousand_cost_little_memory_and_no_time_and_all_tell_their_end() {
        const std::size_t memory_before = testing::resident_memory();
        testing::Process clients(
            {.command = {IDLE_CLIENTS, listener_->local().to_string(), std::to_string(kCount)},
             .environment = {},
             .folder = {},
             .user = {}});
        const auto line = clients.line_of_output("connected ", kPatience);
        CPPUNIT_ASSERT_EQUAL("connected " + std::to_string(kCount), line.value_or("nothing"));
        CPPUNIT_ASSERT(wait_for([this] { return streams_.size(); }));
        const std::size_t each = (testing::resident_memory() - memory_before) / kCount;

        const Duration used = idle_second();
        std::cout << "\n  " << kCount << " idle connections: " << each << " bytes each, "
                  << std::chrono::duration<double, std::milli>(used).count()
                  << " ms of processor time in a second\n";
        CPPUNIT_ASSERT(used < kIdleTime);
        CPPUNIT_ASSERT(each < kMostMemory);

        const auto end = clients.wait(kPatience);
        CPPUNIT_ASSERT_EQUAL(0, end.status.value_or(-1));
        CPPUNIT_ASSERT(wait_for([this] { return ends_ + failures_; }));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(IdleConnectionsTest);

}  // namespace
