#include <cppunit/extensions/HelperMacros.h>
#include <cs/app/cs_url.h>

using namespace gantry;
using namespace gantry::cs;

class CsUrlTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CsUrlTest);
    CPPUNIT_TEST(reads_host_port_and_path);
    CPPUNIT_TEST(has_a_default_port);
    CPPUNIT_TEST(reads_numeric_hosts_of_both_families);
    CPPUNIT_TEST(a_slash_at_the_end_means_a_folder);
    CPPUNIT_TEST(resolves_percent_escapes);
    CPPUNIT_TEST(names_what_a_copy_is_called);
    CPPUNIT_TEST(says_what_was_meant);
    CPPUNIT_TEST(refuses_paths_that_climb);
    CPPUNIT_TEST(refuses_what_a_cs_url_does_not_have);
    CPPUNIT_TEST_SUITE_END();

    static Error refusal(const std::string& text) {
        auto url = CsUrl::parse(text);
        CPPUNIT_ASSERT_MESSAGE(text, !url);
        return url.error();
    }

  public:
    void reads_host_port_and_path() {
        const auto url = CsUrl::parse("cs://example.org:1234/a/b.txt").value();
        CPPUNIT_ASSERT(url == (CsUrl{{"example.org", 1234}, "a/b.txt", false}));
    }
    void has_a_default_port() {
        CPPUNIT_ASSERT_EQUAL(kDefaultPort, CsUrl::parse("cs://h/a")->server.port);
    }
    void reads_numeric_hosts_of_both_families() {
        CPPUNIT_ASSERT_EQUAL(std::string("127.0.0.1"),
                             CsUrl::parse("cs://127.0.0.1:1/")->server.host);
        CPPUNIT_ASSERT(CsUrl::parse("cs://[::1]:99/x")->server == (HostPort{"::1", 99}));
    }
    void a_slash_at_the_end_means_a_folder() {
        CPPUNIT_ASSERT(CsUrl::parse("cs://h/a/")->folder);
        CPPUNIT_ASSERT(CsUrl::parse("cs://h/")->folder);
        CPPUNIT_ASSERT(CsUrl::parse("cs://h")->folder);
        CPPUNIT_ASSERT(!CsUrl::parse("cs://h/a")->folder);
        CPPUNIT_ASSERT_EQUAL(std::string("a"), CsUrl::parse("cs://h/a/")->path);
    }
    void resolves_percent_escapes() {
        CPPUNIT_ASSERT_EQUAL(std::string("a b/\xC3\xA4?#"),
                             CsUrl::parse("cs://h/a%20b/%C3%A4%3F%23")->path);
    }
    void names_what_a_copy_is_called() {
        CPPUNIT_ASSERT_EQUAL(std::string("b"), CsUrl::parse("cs://h/a/b")->name());
        CPPUNIT_ASSERT_EQUAL(std::string("h"), CsUrl::parse("cs://h/")->name());
    }
    void says_what_was_meant() {
        CPPUNIT_ASSERT(refusal("127.0.0.1:6789/a").message.find("cs://127.0.0.1:6789/a") !=
                       std::string::npos);
        CPPUNIT_ASSERT(refusal("http://h/a").message.find("cs://h/a") != std::string::npos);
        CPPUNIT_ASSERT(refusal("cs:///a").code == ErrorCode::usage);
        CPPUNIT_ASSERT(refusal("cs://h:port/a").code == ErrorCode::usage);
        CPPUNIT_ASSERT(refusal("cs://h:99999/a").code == ErrorCode::usage);
    }
    void refuses_paths_that_climb() {
        CPPUNIT_ASSERT(refusal("cs://h/../a").code == ErrorCode::denied);
        CPPUNIT_ASSERT(refusal("cs://h/a/%2e%2e/b").code == ErrorCode::denied);
        CPPUNIT_ASSERT(refusal("cs://h/a%00b").code == ErrorCode::usage);
    }
    void refuses_what_a_cs_url_does_not_have() {
        CPPUNIT_ASSERT(refusal("cs://user@h/a").code == ErrorCode::usage);
        CPPUNIT_ASSERT(refusal("cs://h/a?b").message.find("%3F") != std::string::npos);
        CPPUNIT_ASSERT(refusal("cs://h/a#b").code == ErrorCode::usage);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(CsUrlTest);
