#include "wire_bytes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <lftp/wire/varint.h>

using namespace gantry;
using namespace gantry::lftp;

namespace {

std::string varint_text(std::uint64_t value) {
    return shown(written([&](ByteWriter& w) { write_varint(w, value); }));
}
std::uint64_t varint_of(const std::string& text) {
    const Bytes bytes = hex(text);
    PacketReader reader(bytes);
    const auto value = reader.varint();
    return reader.done() ? value : 0;
}

}  // namespace

class VarintTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(VarintTest);
    CPPUNIT_TEST(writes_the_examples_of_rfc_9000);
    CPPUNIT_TEST(reads_the_examples_of_rfc_9000_and_a_long_form);
    CPPUNIT_TEST(takes_the_shortest_form_at_each_border);
    CPPUNIT_TEST(writes_a_longer_form_where_it_is_told_to);
    CPPUNIT_TEST(refuses_a_form_that_is_cut);
    CPPUNIT_TEST_SUITE_END();

  public:
    void writes_the_examples_of_rfc_9000() {
        CPPUNIT_ASSERT_EQUAL(std::string("c2197c5eff14e88c"), varint_text(151288809941952652U));
        CPPUNIT_ASSERT_EQUAL(std::string("9d7f3e7d"), varint_text(494878333));
        CPPUNIT_ASSERT_EQUAL(std::string("7bbd"), varint_text(15293));
        CPPUNIT_ASSERT_EQUAL(std::string("25"), varint_text(37));
    }
    void reads_the_examples_of_rfc_9000_and_a_long_form() {
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{151288809941952652U}, varint_of("c2197c5eff14e88c"));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{494878333}, varint_of("9d7f3e7d"));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{15293}, varint_of("7bbd"));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{37}, varint_of("25"));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{37}, varint_of("4025"));
    }
    void takes_the_shortest_form_at_each_border() {
        for (const unsigned bits : {6U, 14U, 30U}) {
            const std::uint64_t border = std::uint64_t{1} << bits;
            CPPUNIT_ASSERT_EQUAL(border - 1, varint_of(varint_text(border - 1)));
            CPPUNIT_ASSERT_EQUAL(border, varint_of(varint_text(border)));
            CPPUNIT_ASSERT_EQUAL(2 * varint_size(border - 1), varint_size(border));
        }
        CPPUNIT_ASSERT_EQUAL(kMaxVarint, varint_of(varint_text(kMaxVarint)));
    }
    void writes_a_longer_form_where_it_is_told_to() {
        const auto bytes = written([](ByteWriter& w) { write_varint(w, 37, 4); });
        CPPUNIT_ASSERT_EQUAL(std::string("80000025"), shown(bytes));
    }
    void refuses_a_form_that_is_cut() {
        const Bytes bytes = hex("c2197c5eff14e88c");
        for (std::size_t size = 0; size < bytes.size(); ++size) {
            PacketReader reader(ByteView(bytes).first(size));
            CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, reader.varint());
            CPPUNIT_ASSERT(reader.failed());
        }
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(VarintTest);
