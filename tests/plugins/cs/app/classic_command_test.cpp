#include "cs_hosts.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace gantry;
using namespace gantry::cs;

// The commands with --wire classic.
class ClassicCommandTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ClassicCommandTest);
    CPPUNIT_TEST(gets_a_file_and_says_that_nothing_was_checked);
    CPPUNIT_TEST(gets_a_file_by_the_encrypted_service);
    CPPUNIT_TEST(gets_a_folder);
    CPPUNIT_TEST(lists_names_alone);
    CPPUNIT_TEST(says_on_standard_error_that_it_is_insecure);
    CPPUNIT_TEST(is_not_served_to_other_machines_unasked);
    CPPUNIT_TEST(encrypt_goes_with_classic_alone);
    CPPUNIT_TEST(a_missing_file_and_a_name_that_does_not_fit);
    CPPUNIT_TEST(the_two_wires_do_not_mix);
    CPPUNIT_TEST_SUITE_END();

    CsHosts hosts_;
    std::string url_;

    testing::CommandResult run(const std::string& line) { return hosts_.client.run(line); }

  public:
    void setUp() override {
        hosts_.served().write_file("srv/a.txt", content(5000));
        hosts_.served().write_file("srv/sub/b.txt", "bee");
        url_ = hosts_.serve("--insecure --wire classic");
    }
    void tearDown() override { hosts_.assert_clean_stop(); }

    void gets_a_file_and_says_that_nothing_was_checked() {
        const auto result = run("cs get --wire classic " + url_ + "a.txt -o /copy.txt");
        assert_ok(result);
        CPPUNIT_ASSERT(content(5000) == hosts_.files().read_file("copy.txt"));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{5000}, number_of(result.value, "bytes"));
        CPPUNIT_ASSERT(result.value.find("digest") == nullptr);
        CPPUNIT_ASSERT_EQUAL(std::string("classic"), text_of(result.value, "wire"));
        CPPUNIT_ASSERT(result.out.find("nothing was checked") != std::string::npos);
    }
    void gets_a_file_by_the_encrypted_service() {
        assert_ok(run("cs get --wire classic --encrypt " + url_ + "a.txt -o /copy.txt"));
        CPPUNIT_ASSERT(content(5000) == hosts_.files().read_file("copy.txt"));
    }
    void gets_a_folder() {
        assert_ok(run("cs get --wire classic " + url_ + " -o /all"));
        CPPUNIT_ASSERT_EQUAL(std::string("bee"), hosts_.files().read_file("all/sub/b.txt"));
    }
    void lists_names_alone() {
        const auto top = run("cs ls --wire classic " + url_);
        assert_ok(top);
        CPPUNIT_ASSERT_EQUAL(std::string("a.txt\nsub/\n"), top.out);
        const auto& entries = *top.value.find("entries")->as_array();
        CPPUNIT_ASSERT(entries.front().find("size") == nullptr);
        CPPUNIT_ASSERT_EQUAL(std::string("a.txt\nsub/b.txt\n"),
                             run("cs ls --recursive --wire classic " + url_).out);
        CPPUNIT_ASSERT_EQUAL(std::string("b.txt\n"),
                             run("cs ls --wire classic " + url_ + "sub/").out);
    }
    void says_on_standard_error_that_it_is_insecure() {
        CPPUNIT_ASSERT(run("cs ls --wire classic " + url_).messages.find("insecure") !=
                       std::string::npos);
        hosts_.serving->cancel();
        CPPUNIT_ASSERT(hosts_.serving->wait());
        CPPUNIT_ASSERT(hosts_.serving->result().messages.find("insecure") != std::string::npos);
    }
    void is_not_served_to_other_machines_unasked() {
        const auto at = hosts_.world.machine("server").address().to_string();
        assert_failed(ErrorCode::security,
                      hosts_.server.run("cs serve /srv --wire classic --listen " + at + ":0"));
    }
    void encrypt_goes_with_classic_alone() {
        assert_failed(ErrorCode::usage, run("cs get --encrypt " + url_ + "a.txt"));
    }
    void a_missing_file_and_a_name_that_does_not_fit() {
        assert_failed(ErrorCode::not_found, run("cs get --wire classic " + url_ + "none"));
        assert_failed(ErrorCode::not_found, run("cs get --wire classic " + url_ + "sub"));
        assert_failed(ErrorCode::not_found, run("cs ls --wire classic " + url_ + "none/"));
        assert_failed(ErrorCode::usage,
                      run("cs get --wire classic " + url_ + std::string(201, 'n')));
        assert_failed(ErrorCode::usage, run("cs get --wire classic " + url_ + "%FF"));
    }
    void the_two_wires_do_not_mix() {
        assert_failed(ErrorCode::network, run("cs get " + url_ + "a.txt"));
        hosts_.serving->cancel();
        (void)hosts_.serving->wait();
        url_ = hosts_.serve();
        const auto result = run("cs get --wire classic " + url_ + "a.txt");
        assert_failed(ErrorCode::protocol, result);
        CPPUNIT_ASSERT(result.error->message.find("cs1") != std::string::npos);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ClassicCommandTest);
