#include <storage/transfer_cursor.h>

#include <cppunit/extensions/HelperMacros.h>
#include <gantry/core/units.h>

namespace gantry::host::storage {
namespace {

class TransferCursorTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(TransferCursorTest);
    CPPUNIT_TEST(no_buffers_and_empty_buffers_are_done_at_once);
    CPPUNIT_TEST(goes_on_in_the_middle_of_a_buffer);
    CPPUNIT_TEST(any_step_size_visits_every_byte_once);
    CPPUNIT_TEST(offers_no_more_buffers_than_one_call_takes);
    CPPUNIT_TEST_SUITE_END();

    using Cursor = TransferCursor<ByteView>;

    static std::string front(std::span<const iovec> window) {
        return {static_cast<const char*>(window[0].iov_base), window[0].iov_len};
    }

    void no_buffers_and_empty_buffers_are_done_at_once() {
        const ByteView empty[3] = {};
        CPPUNIT_ASSERT(Cursor({}).done());
        CPPUNIT_ASSERT(Cursor(empty).done());
    }

    void goes_on_in_the_middle_of_a_buffer() {
        const ByteView parts[] = {as_bytes("abcd"), {}, as_bytes("ef")};
        Cursor cursor(parts);
        cursor.advance(3);
        CPPUNIT_ASSERT_EQUAL(std::string("d"), front(cursor.window()));
        cursor.advance(1);
        CPPUNIT_ASSERT_EQUAL(std::string("ef"), front(cursor.window()));
        cursor.advance(2);
        CPPUNIT_ASSERT(cursor.done());
    }

    void any_step_size_visits_every_byte_once() {
        const ByteView parts[] = {{}, as_bytes("ab"), as_bytes("c"), {}, as_bytes("defg"), {}};
        for (std::size_t most = 1; most <= 8; ++most) {
            std::string visited;
            for (Cursor cursor(parts); !cursor.done();) {
                std::size_t left = most, step = 0;
                for (const iovec& part : cursor.window()) {
                    const std::size_t count = std::min(left, part.iov_len);
                    visited.append(static_cast<const char*>(part.iov_base), count);
                    left -= count;
                    step += count;
                }
                cursor.advance(step);
            }
            CPPUNIT_ASSERT_EQUAL(std::string("abcdefg"), visited);
        }
    }

    void offers_no_more_buffers_than_one_call_takes() {
        const std::vector<ByteView> parts(200, as_bytes("x"));
        Cursor cursor(parts);
        CPPUNIT_ASSERT_EQUAL(Cursor::kMost, cursor.window().size());
        cursor.advance(190);
        CPPUNIT_ASSERT_EQUAL(std::size_t{10}, cursor.window().size());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(TransferCursorTest);

}  // namespace
}  // namespace gantry::host::storage
