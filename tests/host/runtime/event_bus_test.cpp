#include <cppunit/extensions/HelperMacros.h>
#include <gantry/testing/virtual_clock.h>
#include <host/runtime/event_bus.h>

#include <thread>

using namespace gantry;
using host::EventBus;
using host::PublishedEvent;

namespace {

class EventBusTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(EventBusTest);
    CPPUNIT_TEST(adds_the_time_the_plugin_and_the_job);
    CPPUNIT_TEST(gives_every_subscriber_all_events_in_order);
    CPPUNIT_TEST(gives_nothing_after_the_registration_is_dropped);
    CPPUNIT_TEST(a_subscriber_may_leave_from_its_own_call);
    CPPUNIT_TEST(a_subscriber_that_throws_does_not_keep_others_from_the_event);
    CPPUNIT_TEST(keeps_one_order_for_all_with_several_publishers);
    CPPUNIT_TEST_SUITE_END();

    testing::VirtualClock clock_;
    EventBus bus_{clock_};
    std::vector<std::string> seen_;

    Registration note(const std::string& who) {
        return bus_.subscribe(
            [this, who](const PublishedEvent& e) { seen_.push_back(who + e.event.type); });
    }
    void publish(const std::string& type) { bus_.publish("cs", JobId(1), {type, 1, Value()}); }

    void adds_the_time_the_plugin_and_the_job() {
        std::optional<PublishedEvent> got;
        auto keep = bus_.subscribe([&](const PublishedEvent& e) { got = e; });
        clock_.advance(std::chrono::seconds(5));
        bus_.publish("cs", JobId(7), {"cs.listening", 2, Value::object().set("port", 80)});
        CPPUNIT_ASSERT(got.has_value());
        CPPUNIT_ASSERT(got->at == clock_.wall());
        CPPUNIT_ASSERT_EQUAL(std::string("cs"), got->plugin);
        CPPUNIT_ASSERT(got->job == JobId(7));
        CPPUNIT_ASSERT(got->event == (Event{"cs.listening", 2, Value::object().set("port", 80)}));
    }
    void gives_every_subscriber_all_events_in_order() {
        auto a = note("a.");
        auto b = note("b.");
        publish("1");
        publish("2");
        CPPUNIT_ASSERT((seen_ == std::vector<std::string>{"a.1", "b.1", "a.2", "b.2"}));
    }
    void gives_nothing_after_the_registration_is_dropped() {
        auto a = note("a.");
        auto b = note("b.");
        a.release();
        publish("1");
        CPPUNIT_ASSERT((seen_ == std::vector<std::string>{"b.1"}));
    }
    void a_subscriber_may_leave_from_its_own_call() {
        Registration once;
        once = bus_.subscribe([&](const PublishedEvent&) {
            seen_.push_back("once");
            once.release();
        });
        publish("1");
        publish("2");
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, seen_.size());
    }
    void a_subscriber_that_throws_does_not_keep_others_from_the_event() {
        auto bad = bus_.subscribe([](const PublishedEvent&) { throw std::runtime_error("no"); });
        auto good = note("good.");
        publish("1");
        CPPUNIT_ASSERT((seen_ == std::vector<std::string>{"good.1"}));
    }
    void keeps_one_order_for_all_with_several_publishers() {
        std::vector<std::string> other;
        auto a = note("");
        auto b = bus_.subscribe([&](const PublishedEvent& e) { other.push_back(e.event.type); });
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([this, t] {
                for (int i = 0; i < 100; ++i) publish(std::to_string(t * 100 + i));
            });
        for (auto& thread : threads) thread.join();
        CPPUNIT_ASSERT_EQUAL(std::size_t{400}, seen_.size());
        CPPUNIT_ASSERT(seen_ == other);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(EventBusTest);

}  // namespace
