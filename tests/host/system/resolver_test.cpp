#include "resolver.h"

#include <cppunit/extensions/HelperMacros.h>
#include <host/system/asio_loop.h>

#include <optional>

using namespace gantry;
using gantry::host::Resolver;

namespace {

// The answers are in the conformance suite of connectors; here is how it ends.
class ResolverTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ResolverTest);
    CPPUNIT_TEST(many_names_at_once_are_all_answered);
    CPPUNIT_TEST(what_was_dropped_takes_no_place_in_the_queue);
    CPPUNIT_TEST(it_can_go_while_names_are_looked_up);
    CPPUNIT_TEST_SUITE_END();

    using Addresses = Result<std::vector<IpAddress>>;

    host::AsioLoop loop_;
    std::size_t answered_ = 0;
    std::size_t busy_ = 0;

    Registration ask(Resolver& resolver) {
        return resolver.resolve(loop_, "localhost", [this](const Addresses& found) {
            ++answered_;
            if (!found && found.error().code == ErrorCode::busy) ++busy_;
        });
    }
    void run_until_answered(std::size_t count) {
        const TimePoint end = loop_.now() + std::chrono::seconds(20);
        while (answered_ < count && loop_.now() < end) loop_.run_once(std::chrono::seconds(1));
        CPPUNIT_ASSERT_EQUAL(count, answered_);
    }

    void many_names_at_once_are_all_answered() {
        Resolver resolver;
        std::vector<Registration> pending;
        for (int i = 0; i < 100; ++i) pending.push_back(ask(resolver));
        run_until_answered(100);
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, busy_);
    }
    // Far more than the threads can answer meanwhile, all of them dropped; then some that are kept.
    void what_was_dropped_takes_no_place_in_the_queue() {
        Resolver resolver;
        for (std::size_t i = 0; i < 20 * Resolver::kMaxQueued; ++i) (void)ask(resolver);
        std::vector<Registration> pending;
        for (std::size_t i = 0; i < Resolver::kMaxQueued; ++i) pending.push_back(ask(resolver));
        run_until_answered(Resolver::kMaxQueued);
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, busy_);
    }
    void it_can_go_while_names_are_looked_up() {
        std::vector<Registration> pending;
        {
            Resolver resolver;
            for (int i = 0; i < 100; ++i) pending.push_back(ask(resolver));
        }
        pending.clear();
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, answered_);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ResolverTest);

}  // namespace
