#include "cs_hosts.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace gantry;
using namespace gantry::cs;

class ServeCommandTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ServeCommandTest);
    CPPUNIT_TEST(says_where_it_listens_and_ends_well_when_cancelled);
    CPPUNIT_TEST(makes_a_missing_folder_and_says_so);
    CPPUNIT_TEST(refuses_an_address_that_others_reach);
    CPPUNIT_TEST(resolves_a_host_name);
    CPPUNIT_TEST(refuses_a_port_in_use);
    CPPUNIT_TEST(refuses_a_folder_it_cannot_read);
    CPPUNIT_TEST(refuses_a_file_as_folder);
    CPPUNIT_TEST(logs_each_request);
    CPPUNIT_TEST(counts_on_all_loops);
    CPPUNIT_TEST(tells_a_client_beyond_the_limit_that_it_is_busy);
    CPPUNIT_TEST(refuses_numbers_that_make_no_sense);
    CPPUNIT_TEST(can_be_cancelled_at_any_moment);
    CPPUNIT_TEST(serves_again_after_it_was_cancelled);
    CPPUNIT_TEST(drains_a_download_before_it_ends);
    CPPUNIT_TEST(drops_a_client_that_does_not_end_its_download);
    CPPUNIT_TEST(stops_within_the_limit_it_is_given);
    CPPUNIT_TEST_SUITE_END();

    CsHosts hosts_;

    // Serves a file of that size, and lets the client have a tenth of a second of it at that rate.
    static testing::TestCommand begin_get(CsHosts& hosts, std::size_t size, BytesPerSecond rate) {
        hosts.served().write_file("srv/a", content(size));
        const auto url = hosts.serve();
        testing::LinkOptions link;
        link.rate = rate;
        hosts.world.network().set_link("server", "client", link);
        auto get = hosts.client.start("cs get " + url + "a");
        hosts.world.clock().run_for(std::chrono::milliseconds(100));
        return get;
    }

  public:
    void says_where_it_listens_and_ends_well_when_cancelled() {
        CPPUNIT_ASSERT(hosts_.served().make_folders("srv"));
        hosts_.serve();
        CPPUNIT_ASSERT_EQUAL(std::string("cs"), hosts_.serving->result().listening.at(0).name);
        CPPUNIT_ASSERT(hosts_.serving->result().messages.empty());
        hosts_.serving->cancel();
        CPPUNIT_ASSERT(hosts_.serving->wait(std::chrono::seconds(1)));
        assert_ok(hosts_.serving->result());
        hosts_.assert_clean_stop();
    }
    void makes_a_missing_folder_and_says_so() {
        hosts_.serve();
        CPPUNIT_ASSERT(hosts_.served().contains("srv"));
        CPPUNIT_ASSERT(hosts_.serving->result().messages.find("/srv") != std::string::npos);
    }
    void refuses_an_address_that_others_reach() {
        const auto result = hosts_.server.run("cs serve /srv --listen 0.0.0.0:0");
        assert_failed(ErrorCode::security, result);
        CPPUNIT_ASSERT(result.error->message.find("--insecure") != std::string::npos);
        CPPUNIT_ASSERT(!hosts_.served().contains("srv"));
    }
    void resolves_a_host_name() {
        auto serving = hosts_.server.start("cs serve /srv --listen localhost:0");
        const auto at = serving.wait_until_listening();
        CPPUNIT_ASSERT(at && at->address.is_loopback());
    }
    void refuses_a_port_in_use() {
        const auto url = hosts_.serve();
        const auto port = url.substr(url.rfind(':') + 1);
        const auto result = hosts_.server.run("cs serve /srv --insecure --listen " +
                                              hosts_.world.machine("server").address().to_string() +
                                              ":" + port.substr(0, port.size() - 1));
        assert_failed(ErrorCode::network, result);
    }
    void refuses_a_folder_it_cannot_read() {
        CPPUNIT_ASSERT(hosts_.served().make_folders("srv"));
        hosts_.served().set_readable("srv", false);
        assert_failed(ErrorCode::denied, hosts_.server.run("cs serve /srv --listen 127.0.0.1:0"));
    }
    void refuses_a_file_as_folder() {
        hosts_.served().write_file("srv", "I am a file");
        const auto result = hosts_.server.run("cs serve /srv --listen 127.0.0.1:0");
        CPPUNIT_ASSERT(result.error.has_value());
        CPPUNIT_ASSERT_EQUAL(std::string("I am a file"), hosts_.served().read_file("srv"));
    }
    void logs_each_request() {
        hosts_.served().write_file("srv/a", "hello");
        const auto url = hosts_.serve();
        assert_ok(hosts_.client.run("cs get " + url + "a"));
        assert_ok(hosts_.client.run("cs ls " + url));
        hosts_.serving->cancel();
        CPPUNIT_ASSERT(hosts_.serving->wait());
        const auto log = hosts_.server_log();
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, log.size());
        CPPUNIT_ASSERT(log[0].text.find(" file a 5 bytes in ") != std::string::npos);
        CPPUNIT_ASSERT(log[1].text.find(" listing / 1 entries in ") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2},
                             number_of(hosts_.serving->result().value, "requests"));
    }
    void counts_on_all_loops() {
        hosts_.served().write_file("srv/a", "hello");
        const auto url = hosts_.serve("--insecure --loops 4");
        for (int i = 0; i < 12; ++i) assert_ok(hosts_.client.run("cs get " + url + "a"));
        hosts_.serving->cancel();
        CPPUNIT_ASSERT(hosts_.serving->wait());
        const auto& value = hosts_.serving->result().value;
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{12}, number_of(value, "requests"));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{60}, number_of(value, "bytes"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{12}, hosts_.server_log().size());
        hosts_.assert_clean_stop();
    }
    void tells_a_client_beyond_the_limit_that_it_is_busy() {
        for (const auto* option : {"--max-connections", "--max-per-address"}) {
            CsHosts hosts;
            const auto url = hosts.serve("--insecure " + std::string(option) + " 1");
            auto session = hosts.client.open_session(url);
            CPPUNIT_ASSERT(session.ok());
            const auto result = hosts.client.run("cs ls " + url);
            assert_failed(ErrorCode::busy, result);
            CPPUNIT_ASSERT(hosts.server_log().back().text.find(" connection refused: ") !=
                           std::string::npos);
            session->reset();
            hosts.serving->cancel();
            CPPUNIT_ASSERT(hosts.serving->wait());
            CPPUNIT_ASSERT_EQUAL(std::uint64_t{1},
                                 number_of(hosts.serving->result().value, "refused"));
        }
    }
    void refuses_numbers_that_make_no_sense() {
        for (const auto* options : {"--loops 0", "--loops 33", "--max-connections 0",
                                    "--max-connections -1", "--max-per-address 0"})
            assert_failed(ErrorCode::usage,
                          hosts_.server.run("cs serve /srv " + std::string(options)));
    }
    void can_be_cancelled_at_any_moment() {
        for (int steps = 0; steps < 12; ++steps) {
            auto serving = hosts_.server.start("cs serve /srv --listen localhost:0");
            for (int i = 0; i < steps; ++i)
                hosts_.world.clock().run_for(std::chrono::nanoseconds(1));
            serving.cancel();
            CPPUNIT_ASSERT(serving.wait(std::chrono::seconds(20)));
            assert_ok(serving.result());
        }
        hosts_.assert_clean_stop();
    }
    void serves_again_after_it_was_cancelled() {
        for (int i = 0; i < 3; ++i) {
            hosts_.served().write_file("srv/a", std::to_string(i));
            const auto url = hosts_.serve();
            assert_ok(hosts_.client.run("cs get " + url + "a -o /a"));
            CPPUNIT_ASSERT_EQUAL(std::to_string(i), hosts_.files().read_file("a"));
            hosts_.serving->cancel();
            CPPUNIT_ASSERT(hosts_.serving->wait());
        }
        hosts_.assert_clean_stop();
    }
    void drains_a_download_before_it_ends() {
        auto get = begin_get(hosts_, 500'000, BytesPerSecond(500'000));
        CPPUNIT_ASSERT(!get.finished());
        hosts_.serving->cancel();
        CPPUNIT_ASSERT(get.wait());
        assert_ok(get.result());
        CPPUNIT_ASSERT(hosts_.serving->wait(std::chrono::seconds(20)));
        assert_ok(hosts_.serving->result());
    }
    void drops_a_client_that_does_not_end_its_download() {
        auto get = begin_get(hosts_, 2'000'000, BytesPerSecond(20'000));
        hosts_.serving->cancel();
        CPPUNIT_ASSERT(hosts_.serving->wait(std::chrono::seconds(9)));
        assert_ok(hosts_.serving->result());
        CPPUNIT_ASSERT(get.wait());
        assert_failed(ErrorCode::network, get.result());
        CPPUNIT_ASSERT(hosts_.files().all_names().empty());
    }
    // Also when it drains already and thought that it had longer.
    void stops_within_the_limit_it_is_given() {
        for (const bool draining : {false, true}) {
            CsHosts hosts;
            auto get = begin_get(hosts, 2'000'000, BytesPerSecond(20'000));
            if (draining) hosts.serving->cancel();
            hosts.world.clock().run_for(std::chrono::milliseconds(100));
            const auto report = hosts.server.stop(std::chrono::seconds(1));
            CPPUNIT_ASSERT_MESSAGE(report.to_string(), report.clean());
            assert_ok(hosts.serving->result());
        }
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ServeCommandTest);
