#include <cs/net/first_bytes.h>

#include <cppunit/extensions/HelperMacros.h>

using namespace gantry;
using namespace gantry::cs;

// docs/protocols/cs.md section 8.
class FirstBytesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(FirstBytesTest);
    CPPUNIT_TEST(two_bytes_tell_what_is_spoken);
    CPPUNIT_TEST(one_byte_tells_nothing);
    CPPUNIT_TEST_SUITE_END();

    static Speech of(std::string_view bytes) { return tell_speech(as_bytes(bytes)); }

  public:
    void two_bytes_tell_what_is_spoken() {
        CPPUNIT_ASSERT(of("\x16\x03") == Speech::tls);
        CPPUNIT_ASSERT(of("\x15\x03") == Speech::tls);
        CPPUNIT_ASSERT(of("\x01\xC5") == Speech::cs1);
        CPPUNIT_ASSERT(of("\x80\xC5") == Speech::cs1);
        CPPUNIT_ASSERT(of("\x05\xC5\x01") == Speech::cs1);
        CPPUNIT_ASSERT(of("\x16\xC5") == Speech::cs1);
        CPPUNIT_ASSERT(of(std::string_view("\0\0", 2)) == Speech::other);
        CPPUNIT_ASSERT(of("GE") == Speech::other);
        CPPUNIT_ASSERT(of("\x17\x03") == Speech::other);
        CPPUNIT_ASSERT(of("\x16\x02") == Speech::other);
    }
    void one_byte_tells_nothing() {
        CPPUNIT_ASSERT(of("") == Speech::unknown);
        CPPUNIT_ASSERT(of("\x16") == Speech::unknown);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(FirstBytesTest);
