#include <cppunit/extensions/HelperMacros.h>

#include <string>
#include <vector>

#include "udp_trains.h"

using namespace gantry;
using gantry::host::TrainCursor;
using gantry::host::TrainPart;

namespace {

class UdpTrainsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(UdpTrainsTest);
    CPPUNIT_TEST(an_empty_batch_is_done);
    CPPUNIT_TEST(a_datagram_is_one_part_however_long);
    CPPUNIT_TEST(an_empty_datagram_is_one_part);
    CPPUNIT_TEST(a_train_goes_to_the_system_in_one_part);
    CPPUNIT_TEST(a_train_of_one_needs_no_splitting);
    CPPUNIT_TEST(a_split_train_is_one_part_a_datagram);
    CPPUNIT_TEST(no_part_has_more_datagrams_than_the_system_takes);
    CPPUNIT_TEST(no_part_has_more_bytes_than_the_system_takes);
    CPPUNIT_TEST(goes_on_in_the_middle_of_a_train_that_comes_again);
    CPPUNIT_TEST(begins_anew_when_another_train_comes);
    CPPUNIT_TEST_SUITE_END();

    std::string memory_ = std::string(100'000, 'x');
    TrainCursor cursor_;
    std::vector<OutDatagram> batch_;

    void add(std::size_t size, std::uint16_t segment, std::size_t from = 0) {
        batch_.push_back(
            {.to = {}, .payload = as_bytes(memory_).subspan(from, size), .segment = segment});
    }
    TrainPart step(bool split = false) {
        const TrainPart part = cursor_.part(split);
        cursor_.advance(part.bytes.size());
        return part;
    }
    void expect(std::size_t bytes, std::uint16_t segment, const TrainPart& part) {
        CPPUNIT_ASSERT_EQUAL(bytes, part.bytes.size());
        CPPUNIT_ASSERT_EQUAL(segment, part.segment);
    }

    void an_empty_batch_is_done() {
        cursor_.begin({});
        CPPUNIT_ASSERT(cursor_.done());
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, cursor_.entries_done());
    }
    void a_datagram_is_one_part_however_long() {
        add(90'000, 0);
        cursor_.begin(batch_);
        expect(90'000, 0, step());
        CPPUNIT_ASSERT(cursor_.done());
    }
    void an_empty_datagram_is_one_part() {
        add(0, 0);
        add(0, 100);
        cursor_.begin(batch_);
        expect(0, 0, step());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, cursor_.entries_done());
        expect(0, 0, step());
        CPPUNIT_ASSERT(cursor_.done());
    }
    void a_train_goes_to_the_system_in_one_part() {
        add(1001, 100);
        cursor_.begin(batch_);
        expect(1001, 100, step());
        CPPUNIT_ASSERT(cursor_.done());
    }
    void a_train_of_one_needs_no_splitting() {
        add(100, 100);
        cursor_.begin(batch_);
        expect(100, 0, step());
    }
    void a_split_train_is_one_part_a_datagram() {
        add(250, 100);
        cursor_.begin(batch_);
        expect(100, 0, step(true));
        expect(100, 0, step(true));
        CPPUNIT_ASSERT(!cursor_.done());
        expect(50, 0, step(true));
        CPPUNIT_ASSERT(cursor_.done());
    }
    void no_part_has_more_datagrams_than_the_system_takes() {
        add(100 * 65, 100);
        cursor_.begin(batch_);
        expect(100 * 64, 100, step());
        expect(100, 0, step());
        CPPUNIT_ASSERT(cursor_.done());
    }
    void no_part_has_more_bytes_than_the_system_takes() {
        add(99'000, 9000);
        cursor_.begin(batch_);
        expect(63'000, 9000, step());  // 7 * 9000; 8 would be above 65507
        expect(36'000, 9000, step());
        CPPUNIT_ASSERT(cursor_.done());
    }
    void goes_on_in_the_middle_of_a_train_that_comes_again() {
        add(250, 100);
        cursor_.begin(batch_);
        step(true);
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, cursor_.entries_done());
        cursor_.begin(batch_);
        const TrainPart part = step(true);
        CPPUNIT_ASSERT(part.bytes.data() == batch_[0].payload.data() + 100);
    }
    void begins_anew_when_another_train_comes() {
        add(250, 100);
        cursor_.begin(batch_);
        step(true);
        batch_.clear();
        add(250, 100, 500);
        cursor_.begin(batch_);
        const TrainPart part = step(true);
        CPPUNIT_ASSERT(part.bytes.data() == batch_[0].payload.data());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(UdpTrainsTest);

}  // namespace
