#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/limits.h>
#include <lftp/core/retry_cookie.h>

#include "aead_fixture.h"

namespace gantry::lftp {
namespace {

class RetryCookieTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RetryCookieTest);
    CPPUNIT_TEST(tells_the_id_that_the_client_first_sent_to);
    CPPUNIT_TEST(holds_at_the_same_address_and_port_only);
    CPPUNIT_TEST(holds_for_one_retry_only);
    CPPUNIT_TEST(holds_for_ten_seconds);
    CPPUNIT_TEST(each_changed_bit_spoils_it);
    CPPUNIT_TEST(another_size_is_none);
    CPPUNIT_TEST_SUITE_END();

    RetryCookie maker_{KeyedTag::make(PacketCrypto::get().kdf, as_bytes("key")).value()};
    const Endpoint from_ = Endpoint::parse("192.0.2.1:4000").value();
    const TimePoint now_{std::chrono::seconds(1000)};
    const ConnectionId original_{0x8394c8f03e515708};
    const ConnectionId retry_{7};
    const RetryCookie::Bytes cookie_ = maker_.make(now_, from_, original_, retry_);

    void tells_the_id_that_the_client_first_sent_to() {
        CPPUNIT_ASSERT(maker_.check(cookie_, now_, from_, retry_) == original_);
    }
    void holds_at_the_same_address_and_port_only() {
        for (const char* other : {"192.0.2.1:4001", "192.0.2.2:4000"})
            CPPUNIT_ASSERT(!maker_.check(cookie_, now_, Endpoint::parse(other).value(), retry_));
    }
    void holds_for_one_retry_only() {
        CPPUNIT_ASSERT(!maker_.check(cookie_, now_, from_, ConnectionId(8)));
    }
    void holds_for_ten_seconds() {
        const auto late = now_ + limits::kCookieLife;
        CPPUNIT_ASSERT(maker_.check(cookie_, late, from_, retry_));
        CPPUNIT_ASSERT(!maker_.check(cookie_, late + std::chrono::milliseconds(1), from_, retry_));
        CPPUNIT_ASSERT(!maker_.check(cookie_, now_ - std::chrono::seconds(1), from_, retry_));
    }
    void each_changed_bit_spoils_it() {
        for (std::size_t bit = 0; bit < 8 * cookie_.size(); ++bit) {
            auto changed = cookie_;
            changed[bit / 8] ^= static_cast<std::byte>(1U << (bit % 8));
            CPPUNIT_ASSERT(!maker_.check(changed, now_, from_, retry_));
        }
    }
    void another_size_is_none() {
        CPPUNIT_ASSERT(!maker_.check({}, now_, from_, retry_));
        CPPUNIT_ASSERT(!maker_.check(ByteView(cookie_).first(31), now_, from_, retry_));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RetryCookieTest);

}  // namespace
}  // namespace gantry::lftp
