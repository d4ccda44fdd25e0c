#include <crypto/app/bench_command.h>
#include <crypto/net/openssl_aead.h>
#include <crypto/net/openssl_digests.h>
#include <host/system/system_clock.h>

#include <cppunit/extensions/HelperMacros.h>
#include <support/fake_call.h>

#include <algorithm>

namespace gantry::crypto {
namespace {

class BenchCommandTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(BenchCommandTest);
    CPPUNIT_TEST(tells_a_rate_for_each_algorithm);
    CPPUNIT_TEST(stops_when_cancelled);
    CPPUNIT_TEST_SUITE_END();

    CoreDumpShield shield_;
    OpensslAead aead_{shield_};
    OpensslDigests digests_;
    host::SystemClock clock_;
    BenchCommand command_{aead_, digests_, clock_};
    testing::FakeCall call_{"/"};

  public:
    void tells_a_rate_for_each_algorithm() {
        call_.given.add_option("time", "1ms");
        command_.run(call_);
        const auto& rows = *call_.result.find("results")->as_array();
        CPPUNIT_ASSERT_EQUAL(std::size_t{9}, rows.size());
        CPPUNIT_ASSERT(*rows[0].find("name") == Value("aes128-gcm"));
        for (const auto& row : rows) CPPUNIT_ASSERT(*row.find("rate")->as_uint() > 0);
        CPPUNIT_ASSERT_EQUAL(9L, std::ranges::count(call_.output.written, '\n'));
    }
    void stops_when_cancelled() {
        call_.work.cancelled = true;
        command_.run(call_);
        CPPUNIT_ASSERT(call_.error->code == ErrorCode::cancelled);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(BenchCommandTest);

}  // namespace
}  // namespace gantry::crypto
