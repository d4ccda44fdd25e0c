#include <cppunit/extensions/HelperMacros.h>
#include <gantry/testing/virtual_loop.h>
#include <host/runtime/service_registry.h>

#include <thread>

using namespace gantry;
using host::ServiceRegistry;
using std::chrono::milliseconds;

namespace {

constexpr ServiceKey kKey{"gantry.test", 1};
constexpr ServiceKey kNewer{"gantry.test", 2};

class ServiceRegistryTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ServiceRegistryTest);
    CPPUNIT_TEST(a_provided_service_is_found_by_key_version_and_instance);
    CPPUNIT_TEST(a_taken_name_is_refused_with_the_provider);
    CPPUNIT_TEST(a_missing_service_says_who_would_provide_it);
    CPPUNIT_TEST(tells_who_uses_what_of_whom);
    CPPUNIT_TEST(an_observer_hears_of_what_is_there_what_comes_and_what_goes);
    CPPUNIT_TEST(a_dropped_observer_hears_nothing);
    CPPUNIT_TEST(leaving_is_awaited_until_the_users_let_go);
    CPPUNIT_TEST(leaving_is_bounded_and_can_be_taken_back);
    CPPUNIT_TEST(a_leaving_service_is_not_handed_out);
    CPPUNIT_TEST(a_withdrawn_service_can_be_provided_anew_and_an_old_claim_does_no_harm);
    CPPUNIT_TEST_SUITE_END();

    testing::VirtualClock clock_;
    testing::VirtualLoop loop_{clock_};
    ServiceRegistry registry_;
    int thing_ = 0;
    std::vector<ServiceChange> heard_;

    Registration provide(const std::string& who, std::string_view instance = {}) {
        auto claim = registry_.provide(who, kKey, instance, &thing_);
        CPPUNIT_ASSERT(claim.ok());
        return std::move(*claim);
    }
    Services::RawRef require(const std::string& who, std::string_view instance = {}) {
        auto ref = registry_.require(who, kKey, instance);
        CPPUNIT_ASSERT(ref.ok());
        return std::move(*ref);
    }
    Registration observe(const std::string& who) {
        return registry_.observe(who, loop_, kKey, {},
                                 [this](ServiceChange c) { heard_.push_back(c); });
    }

    void a_provided_service_is_found_by_key_version_and_instance() {
        auto claim = provide("crypto", "a");
        CPPUNIT_ASSERT(require("cs", "a").service == &thing_);
        CPPUNIT_ASSERT(!registry_.require("cs", kKey, "b").ok());
        CPPUNIT_ASSERT(!registry_.require("cs", kNewer, "a").ok());
        CPPUNIT_ASSERT(registry_.has(kKey, "a") && !registry_.has(kKey, ""));
        CPPUNIT_ASSERT_EQUAL(std::string("crypto"), registry_.provider_of(kKey, "a"));
        claim.release();
        CPPUNIT_ASSERT(!registry_.require("cs", kKey, "a").ok());
    }
    void a_taken_name_is_refused_with_the_provider() {
        auto claim = provide("crypto");
        const auto second = registry_.provide("other", kKey, {}, &thing_);
        CPPUNIT_ASSERT(!second.ok() && second.error().code == ErrorCode::exists);
        CPPUNIT_ASSERT(second.error().message.find("crypto") != std::string::npos);
    }
    void a_missing_service_says_who_would_provide_it() {
        registry_.set_advisor([this](ServiceKey key, std::string_view instance) {
            CPPUNIT_ASSERT(!registry_.has(key, instance));
            return std::string("the plugin crypto would");
        });
        const auto ref = registry_.require("cs", kKey, "x");
        CPPUNIT_ASSERT(!ref.ok() && ref.error().code == ErrorCode::not_found);
        CPPUNIT_ASSERT_EQUAL(std::string("no plugin provides the service gantry.test 1 (x): the "
                                         "plugin crypto would"),
                             ref.error().message);
    }
    void tells_who_uses_what_of_whom() {
        auto claim = provide("crypto");
        auto own = require("crypto");
        auto use = require("cs");
        auto watched = require("lftp");
        auto watch = observe("lftp");
        const auto uses = registry_.uses_of("crypto");
        CPPUNIT_ASSERT((uses == std::vector<host::ServiceUse>{{"cs", "gantry.test 1", false},
                                                              {"lftp", "gantry.test 1", true}}));
        CPPUNIT_ASSERT(registry_.uses_of("cs").empty());
    }
    void an_observer_hears_of_what_is_there_what_comes_and_what_goes() {
        auto claim = provide("crypto");
        auto watch = observe("cs");
        CPPUNIT_ASSERT(heard_.empty());
        loop_.run_ready();
        claim.release();
        loop_.run_ready();
        auto again = provide("other");
        loop_.run_ready();
        CPPUNIT_ASSERT(
            (heard_ == std::vector<ServiceChange>{ServiceChange::arrived, ServiceChange::leaving,
                                                  ServiceChange::arrived}));
    }
    void a_dropped_observer_hears_nothing() {
        auto watch = observe("cs");
        auto claim = provide("crypto");
        watch.release();
        loop_.run_ready();
        CPPUNIT_ASSERT(heard_.empty());
    }
    void leaving_is_awaited_until_the_users_let_go() {
        auto claim = provide("crypto");
        auto ref = require("cs");
        std::thread user([&] { ref.use.release(); });
        CPPUNIT_ASSERT(registry_.announce_leaving("crypto", std::chrono::hours(1)).empty());
        user.join();
    }
    void leaving_is_bounded_and_can_be_taken_back() {
        auto claim = provide("crypto");
        auto watch = observe("cs");
        auto ref = require("cs");
        const auto left = registry_.announce_leaving("crypto", milliseconds(1));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, left.size());
        CPPUNIT_ASSERT_EQUAL(std::string("cs"), left[0].consumer);
        registry_.announce_staying("crypto");
        loop_.run_ready();
        CPPUNIT_ASSERT(
            (heard_ == std::vector<ServiceChange>{ServiceChange::arrived, ServiceChange::leaving,
                                                  ServiceChange::arrived}));
    }
    void a_leaving_service_is_not_handed_out() {
        auto claim = provide("crypto");
        CPPUNIT_ASSERT(registry_.announce_leaving("crypto", Duration::zero()).empty());
        const auto refused = registry_.require("cs", kKey, {});
        CPPUNIT_ASSERT(!refused.ok() && refused.error().code == ErrorCode::busy);
        registry_.announce_staying("crypto");
        CPPUNIT_ASSERT(registry_.require("cs", kKey, {}).ok());
    }
    void a_withdrawn_service_can_be_provided_anew_and_an_old_claim_does_no_harm() {
        auto old = provide("crypto");
        auto ref = require("cs");
        registry_.withdraw("crypto");
        CPPUNIT_ASSERT(registry_.uses_of("crypto").empty());
        auto fresh = provide("crypto");
        CPPUNIT_ASSERT_MESSAGE("a use of what went is no use of what came",
                               registry_.uses_of("crypto").empty());
        old.release();
        CPPUNIT_ASSERT(registry_.has(kKey, {}));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ServiceRegistryTest);

}  // namespace
