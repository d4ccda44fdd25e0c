#include <cppunit/extensions/HelperMacros.h>
#include <gantry/testing/seeded_random.h>
#include <lftp/core/byte_ring.h>
#include <string>

using namespace gantry;
using namespace gantry::lftp;

namespace {

std::string text(const ByteRing& ring, std::uint64_t offset, std::size_t size) {
    std::vector<std::byte> out(size);
    ring.read(offset, out);
    return std::string(as_text(out));
}

}  // namespace

class ByteRingTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ByteRingTest);
    CPPUNIT_TEST(keeps_bytes_by_their_offset);
    CPPUNIT_TEST(goes_round_and_grows_without_losing_any);
    CPPUNIT_TEST(gives_its_memory_back);
    CPPUNIT_TEST_SUITE_END();

  public:
    void keeps_bytes_by_their_offset() {
        ByteRing ring((std::uint64_t{1} << 40) - 3);
        const std::uint64_t begin = ring.begin();
        ring.write(begin + 4, as_bytes("efgh"));
        ring.write(begin, as_bytes("abcd"));
        CPPUNIT_ASSERT_EQUAL(std::string("abcdefgh"), text(ring, begin, 8));
        ring.release(begin + 3);
        CPPUNIT_ASSERT_EQUAL(std::string("def"), text(ring, begin + 3, 3));
    }
    void goes_round_and_grows_without_losing_any() {
        ByteRing ring(7);
        std::string all;
        std::uint64_t end = 7;
        testing::SeededRandom random(3);
        for (int i = 0; i < 300; ++i) {
            const std::string more(random.below(2000), static_cast<char>('a' + i % 26));
            ring.write(end, as_bytes(more));
            end += more.size();
            all += more;
            const std::size_t drop = random.below(std::min<std::size_t>(all.size(), 1500) + 1);
            CPPUNIT_ASSERT_EQUAL(all, text(ring, ring.begin(), all.size()));
            ring.release(ring.begin() + drop);
            all.erase(0, drop);
        }
        CPPUNIT_ASSERT(ring.capacity() >= 65536);
    }
    void gives_its_memory_back() {
        ByteRing ring;
        ring.write(0, as_bytes("abc"));
        ring.drop(100);
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, ring.capacity());
        ring.write(100, as_bytes("x"));
        CPPUNIT_ASSERT_EQUAL(std::string("x"), text(ring, 100, 1));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ByteRingTest);
