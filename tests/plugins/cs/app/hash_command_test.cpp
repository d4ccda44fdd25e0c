#include "cs_hosts.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace gantry;
using namespace gantry::cs;

// CsHosts' digests count bytes; what the algorithms come to is FileHasher's to test.
class HashCommandTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(HashCommandTest);
    CPPUNIT_TEST(tells_a_digest_as_text_and_as_values);
    CPPUNIT_TEST(the_default_is_the_merkle_root);
    CPPUNIT_TEST(a_hash_that_is_known_needs_no_reading);
    CPPUNIT_TEST(shows_how_far_it_is);
    CPPUNIT_TEST(a_missing_file_is_not_found);
    CPPUNIT_TEST(can_be_cancelled);
    CPPUNIT_TEST_SUITE_END();

    CsHosts hosts_;
    std::string url_;
    testing::CommandResult hash(const std::string& line) {
        return hosts_.client.run("cs hash " + line);
    }
    static std::string digest_of(const testing::CommandResult& result, std::string_view part) {
        return text_of(*result.value.find("digest"), part);
    }

  public:
    void setUp() override {
        hosts_.served().write_file("srv/a", "hello");
        url_ = hosts_.serve();
    }
    void tells_a_digest_as_text_and_as_values() {
        const auto result = hash("-a crc32c " + url_ + "a");
        assert_ok(result);
        CPPUNIT_ASSERT_EQUAL(std::string("9a71bb4c  /a\n"), result.out);
        CPPUNIT_ASSERT_EQUAL(std::string("crc32c"), digest_of(result, "algorithm"));
        CPPUNIT_ASSERT_EQUAL(std::string("9a71bb4c"), digest_of(result, "value"));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{5}, number_of(result.value, "size"));
        hosts_.assert_clean_stop();
    }
    void the_default_is_the_merkle_root() {
        const auto result = hash(url_ + "a");
        assert_ok(result);
        CPPUNIT_ASSERT_EQUAL(std::string("bep52"), digest_of(result, "algorithm"));
        CPPUNIT_ASSERT_EQUAL("0005" + std::string(60, '0'), digest_of(result, "value"));
    }
    void a_hash_that_is_known_needs_no_reading() {
        assert_ok(hash(url_ + "a"));
        const auto again = hash(url_ + "a");
        CPPUNIT_ASSERT_EQUAL("0005" + std::string(60, '0'), digest_of(again, "value"));
        CPPUNIT_ASSERT(hosts_.server_log().back().text.find(" hash a 0 bytes ") !=
                       std::string::npos);
        hosts_.served().write_file("srv/a", "hello!");
        CPPUNIT_ASSERT_EQUAL("0006" + std::string(60, '0'), digest_of(hash(url_ + "a"), "value"));
    }
    void shows_how_far_it_is() {
        assert_ok(hash(url_ + "a"));
        const auto job = hosts_.client.jobs().front();
        CPPUNIT_ASSERT(job.total == ByteCount(5) && job.done() == ByteCount(5));
    }
    void a_missing_file_is_not_found() {
        assert_failed(ErrorCode::not_found, hash(url_ + "none"));
        assert_failed(ErrorCode::usage, hash(url_));
    }
    void can_be_cancelled() {
        auto running = hosts_.client.start("cs hash " + url_ + "a");
        running.cancel();
        CPPUNIT_ASSERT(running.wait());
        assert_failed(ErrorCode::cancelled, running.result());
        hosts_.assert_clean_stop();
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(HashCommandTest);
