#include <cppunit/extensions/HelperMacros.h>
#include <gantry/net/transport.h>
#include <host/runtime/runtime.h>

using namespace gantry;
using host::Runtime;

namespace {

class RuntimeTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RuntimeTest);
    CPPUNIT_TEST(provides_plain_tcp_streams);
    CPPUNIT_TEST(asks_the_configuration_and_writes_to_the_log);
    CPPUNIT_TEST(does_without_either);
    CPPUNIT_TEST(a_shared_one_outlives_the_first_and_leaves_its_functions_alone);
    CPPUNIT_TEST_SUITE_END();

    std::vector<std::string> lines_;

    Runtime::Options options() {
        Runtime::Options o;
        o.setting = [](std::string_view key) -> std::optional<std::string> {
            if (key == "cs.port") return "6789";
            return std::nullopt;
        };
        o.log = [this](int level, std::string_view plugin, std::string_view text) {
            lines_.push_back(std::to_string(level) + " " + std::string(plugin) + " " +
                             std::string(text));
        };
        return o;
    }

    void provides_plain_tcp_streams() {
        Runtime runtime(options());
        const auto tcp = runtime.services().require("cs", Transport::key, "tcp");
        CPPUNIT_ASSERT(tcp.ok() && tcp->service != nullptr);
        CPPUNIT_ASSERT_EQUAL(std::string("host"),
                             runtime.services().provider_of(Transport::key, "tcp"));
    }
    void asks_the_configuration_and_writes_to_the_log() {
        Runtime runtime(options());
        CPPUNIT_ASSERT(runtime.setting("cs.port") == "6789");
        CPPUNIT_ASSERT(!runtime.setting("cs.else"));
        runtime.log(1, "cs", "hello");
        CPPUNIT_ASSERT((lines_ == std::vector<std::string>{"1 cs hello"}));
    }
    void does_without_either() {
        Runtime runtime({});
        CPPUNIT_ASSERT(!runtime.setting("cs.port"));
        runtime.log(1, "cs", "nobody hears");
    }
    void a_shared_one_outlives_the_first_and_leaves_its_functions_alone() {
        std::optional<Runtime> first(options());
        const auto shared = first->share();
        auto job = first->jobs().start("cs", "get");
        first.reset();
        shared->log(1, "cs", "late");
        CPPUNIT_ASSERT(lines_.empty());
        CPPUNIT_ASSERT(!shared->setting("cs.port"));
        CPPUNIT_ASSERT(shared->jobs().find(job->id()).has_value());
        CPPUNIT_ASSERT(shared->clock().now() > TimePoint{});
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RuntimeTest);

}  // namespace
