#include "sockets.h"

#include <cppunit/extensions/HelperMacros.h>
#include <support/gantry_command.h>
#include <support/temporary_folder.h>

#include <filesystem>
#include <fstream>
#include <optional>

namespace gantry::testing {
namespace {

namespace fs = std::filesystem;

// A shell that serves a folder and is told to unload the plugin that does so.
class UnloadWhileServingTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(UnloadWhileServingTest);
    CPPUNIT_TEST(an_answer_that_has_begun_is_finished_first);
    CPPUNIT_TEST(silent_connections_are_closed_at_once);
    CPPUNIT_TEST(a_client_that_takes_nothing_is_cut_off_at_the_limit);
    CPPUNIT_TEST(the_plugin_serves_again_when_it_is_loaded_again);
    CPPUNIT_TEST_SUITE_END();

    static constexpr std::uint64_t kLarge = 64 * 1024 * 1024;  // more than sockets hold

    TemporaryFolder home_;
    std::optional<Process> shell_;
    std::uint16_t port_ = 0;

    void serve() {
        shell_->write("cs serve served --listen 127.0.0.1:0 &\n");
        const auto line = shell_->line_of_output("listening cs ");
        CPPUNIT_ASSERT(line.has_value());
        port_ = static_cast<std::uint16_t>(std::stoi(line->substr(line->rfind(':') + 1)));
    }
    void begin_unload(const std::string& options = {}) {
        shell_->write("plugin unload cs " + options + "\necho after\n");
    }
    void expect_unloaded() {
        const auto line = shell_->line_of_output("unloaded cs");
        CPPUNIT_ASSERT(line.has_value());
        CPPUNIT_ASSERT_MESSAGE(*line, line->find("its file is unmapped") != line->npos);
        CPPUNIT_ASSERT(shell_->line_of_output("after").has_value());
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, mappings());
    }
    std::size_t mappings() const {
        std::ifstream maps("/proc/" + std::to_string(shell_->pid()) + "/maps");
        std::size_t count = 0;
        for (std::string line; std::getline(maps, line);)
            count += line.find("/cs-") != line.npos;
        return count;
    }

  public:
    void setUp() override {
        home_.write("served/large", "");
        fs::resize_file(home_ / "served/large", kLarge);
        shell_.emplace(gantry_command({}, home_.path()));
        serve();
        CPPUNIT_ASSERT(mappings() > 0);
    }
    void an_answer_that_has_begun_is_finished_first() {
        auto client = Connection::to(port_);
        client.send(wire::file_request(1, "large"));
        auto frame = client.receive_frame();
        CPPUNIT_ASSERT(frame && frame->type == wire::kResponse);
        begin_unload();
        std::uint64_t bytes = 0;
        while ((frame = client.receive_frame()) && frame->type == wire::kData)
            bytes += frame->body.size();
        CPPUNIT_ASSERT(frame && frame->type == wire::kEnd);
        CPPUNIT_ASSERT_EQUAL(kLarge, bytes);
        client.await_end();
        expect_unloaded();
    }
    void silent_connections_are_closed_at_once() {
        auto fresh = Connection::to(port_);
        auto used = Connection::to(port_);
        used.send(wire::listing_request(1, ""));
        while (const auto frame = used.receive_frame())
            if (frame->type == wire::kEnd) break;
        begin_unload("--drain 60s");
        fresh.await_end();
        used.await_end();
        expect_unloaded();
    }
    void a_client_that_takes_nothing_is_cut_off_at_the_limit() {
        auto client = Connection::to(port_);
        client.send(wire::file_request(1, "large"));
        CPPUNIT_ASSERT(client.receive_frame().has_value());
        begin_unload("--drain 1s");
        expect_unloaded();
    }
    void the_plugin_serves_again_when_it_is_loaded_again() {
        begin_unload();
        expect_unloaded();
        serve();
        auto client = Connection::to(port_);
        client.send(wire::listing_request(1, ""));
        const auto frame = client.receive_frame();
        CPPUNIT_ASSERT(frame && frame->type == wire::kResponse);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(UnloadWhileServingTest);

}  // namespace
}  // namespace gantry::testing
