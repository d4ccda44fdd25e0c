#include "cs_fixture.h"

namespace gantry::testing {
namespace {

// What a person does with --over rudp.
class CsOverRudpTest : public CsFixture {
    CPPUNIT_TEST_SUITE(CsOverRudpTest);
    CPPUNIT_TEST(the_plugin_that_brings_it_is_loaded_by_itself);
    CPPUNIT_TEST(a_port_that_is_taken_is_an_error);
    CPPUNIT_TEST_SUITE_END();

    CsServer serve() const {
        auto spec = gantry_command(
            {"cs", "serve", "srv", "--writable", "--listen", "127.0.0.1:0", "--over", "rudp"},
            home_.path());
        return CsServer(spec);
    }
    ProcessEnd over(std::vector<std::string> words) const {
        words.insert(words.begin(), "cs");
        words.insert(words.end(), {"--over", "rudp"});
        return run(std::move(words));
    }

  public:
    void the_plugin_that_brings_it_is_loaded_by_itself() {
        const std::string content(3'000'000, 'r');
        home_.write("srv/a.bin", content);
        auto server = serve();
        succeeded(over({"get", server.url("a.bin"), "-o", "got.bin"}));
        CPPUNIT_ASSERT(home_.read("got.bin") == content);
        succeeded(over({"put", "got.bin", server.url("b.bin")}));
        CPPUNIT_ASSERT(home_.read("srv/b.bin") == content);
        const auto listed = over({"ls", server.url("")});
        CPPUNIT_ASSERT(listed.out.find("b.bin") != std::string::npos);
        succeeded(over({"ping", server.url("")}));
    }
    void a_port_that_is_taken_is_an_error() {
        home_.write("srv/a.bin", "a");
        auto server = serve();
        failed(run({"cs", "serve", "srv", "--over", "rudp", "--listen",
                    "127.0.0.1:" + std::to_string(server.port())}),
               kNetwork, {"in use"});
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(CsOverRudpTest);

}  // namespace
}  // namespace gantry::testing
