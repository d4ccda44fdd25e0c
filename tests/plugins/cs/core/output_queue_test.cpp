#include "core_bytes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <cs/core/output_queue.h>

using namespace gantry;
using namespace gantry::cs;

class OutputQueueTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(OutputQueueTest);
    CPPUNIT_TEST(hands_out_its_bytes_in_order_whatever_the_buffer);
    CPPUNIT_TEST(counts_what_waits);
    CPPUNIT_TEST(clears);
    CPPUNIT_TEST_SUITE_END();

  public:
    void hands_out_its_bytes_in_order_whatever_the_buffer() {
        for (std::size_t room = 1; room < 12; ++room) {
            OutputQueue queue;
            queue.push(text("hello "));
            queue.push({});
            queue.push(text("wide world"));
            std::string out;
            Bytes buffer(room);
            while (const auto n = queue.pull(buffer)) out += as_text(ByteView(buffer).first(n));
            CPPUNIT_ASSERT_EQUAL(std::string("hello wide world"), out);
        }
    }
    void counts_what_waits() {
        OutputQueue queue;
        CPPUNIT_ASSERT(queue.empty());
        queue.push(text("12345"));
        queue.push(text("678"));
        Bytes buffer(6);
        CPPUNIT_ASSERT_EQUAL(std::size_t{6}, queue.pull(buffer));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, queue.bytes());
    }
    void clears() {
        OutputQueue queue;
        queue.push(text("12345"));
        Bytes buffer(2);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, queue.pull(buffer));
        queue.clear();
        CPPUNIT_ASSERT(queue.empty());
        queue.push(text("ab"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, queue.pull(buffer));
        CPPUNIT_ASSERT_EQUAL(std::string("ab"), std::string(as_text(buffer)));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(OutputQueueTest);
