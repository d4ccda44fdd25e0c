#include "core_bytes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <cs/core/answer_set.h>

using namespace gantry;
using namespace gantry::cs;

class AnswerSetTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AnswerSetTest);
    CPPUNIT_TEST(a_lone_file_goes_in_the_largest_frames);
    CPPUNIT_TEST(files_take_turns_in_smaller_frames);
    CPPUNIT_TEST(never_cuts_larger_than_the_client_takes);
    CPPUNIT_TEST(sends_no_more_than_the_credit_of_the_request);
    CPPUNIT_TEST(sends_no_more_than_the_credit_of_the_connection);
    CPPUNIT_TEST(one_without_credit_does_not_hold_up_the_others);
    CPPUNIT_TEST(frames_go_whole_and_keep_their_turn_until_there_is_room);
    CPPUNIT_TEST(a_range_starts_where_its_span_does);
    CPPUNIT_TEST(is_complete_when_all_was_handed_out);
    CPPUNIT_TEST(watches_those_that_lack_credit);
    CPPUNIT_TEST_SUITE_END();

    AnswerSet answers_;
    static constexpr std::uint64_t kKiB = 1024;

    void open_file(std::uint32_t id, std::uint64_t size) {
        auto& answer = answers_.add(RequestId(id), ServiceId::file);
        answer.span.count = answer.offered = size;
    }
    void open_frames(std::uint32_t id, std::initializer_list<std::size_t> sizes) {
        auto& answer = answers_.add(RequestId(id), ServiceId::listing);
        for (const auto size : sizes) answer.queue(Bytes(size));
    }
    // The next turn as "id:bytes", and what follows, until there is none or `most` were taken.
    std::string turns(int most = 100) {
        std::string out;
        for (; most > 0; --most) {
            const auto turn = answers_.next_turn();
            if (!turn) break;
            const auto bytes = turn->file ? turn->file->count : turn->body.size();
            out += std::to_string(turn->id.value()) + ":" +
                   (bytes % kKiB == 0 ? std::to_string(bytes / kKiB) + "K" : std::to_string(bytes));
            out += " ";
        }
        return out;
    }

  public:
    void setUp() override { answers_ = AnswerSet(); }

    void a_lone_file_goes_in_the_largest_frames() {
        open_file(1, 5000 * kKiB);
        CPPUNIT_ASSERT_EQUAL(std::string("1:2048K 1:2048K 1:904K "), turns());
    }
    void files_take_turns_in_smaller_frames() {
        open_file(1, 300 * kKiB);
        open_file(2, 600 * kKiB);
        open_file(3, 100 * kKiB);
        CPPUNIT_ASSERT_EQUAL(std::string("1:256K 2:256K 3:100K 1:44K 2:344K "), turns());
    }
    void never_cuts_larger_than_the_client_takes() {
        answers_.set_largest_frame(64 * kKiB);
        open_file(1, 100 * kKiB);
        CPPUNIT_ASSERT_EQUAL(std::string("1:64K 1:36K "), turns());
    }
    void sends_no_more_than_the_credit_of_the_request() {
        answers_.limit(1000 * kKiB, 100 * kKiB);
        open_file(1, 300 * kKiB);
        CPPUNIT_ASSERT_EQUAL(std::string("1:100K "), turns());
        answers_.add_credit(RequestId(1), 90 * kKiB);
        CPPUNIT_ASSERT_EQUAL(std::string(), turns());
        answers_.add_credit(RequestId(1), 150 * kKiB);
        CPPUNIT_ASSERT_EQUAL(std::string("1:50K "), turns());
    }
    void sends_no_more_than_the_credit_of_the_connection() {
        answers_.limit(300 * kKiB, 200 * kKiB);
        open_file(1, 900 * kKiB);
        open_file(2, 900 * kKiB);
        CPPUNIT_ASSERT_EQUAL(std::string("1:200K 2:100K "), turns());
        answers_.add_credit(kConnectionId, 350 * kKiB);
        CPPUNIT_ASSERT_EQUAL(std::string("2:50K "), turns());
        answers_.add_credit(RequestId(1), 900 * kKiB);
        CPPUNIT_ASSERT_EQUAL(std::string(), turns());
    }
    void one_without_credit_does_not_hold_up_the_others() {
        answers_.limit(10'000 * kKiB, 100 * kKiB);
        open_file(1, 300 * kKiB);
        open_file(2, 50 * kKiB);
        CPPUNIT_ASSERT_EQUAL(std::string("1:100K 2:50K "), turns());
        open_file(3, 70 * kKiB);
        CPPUNIT_ASSERT_EQUAL(std::string("3:70K "), turns());
    }
    void frames_go_whole_and_keep_their_turn_until_there_is_room() {
        answers_.limit(100 * kKiB, 100 * kKiB);
        open_file(1, 90 * kKiB);
        open_frames(2, {16 * kKiB, 8});
        CPPUNIT_ASSERT_EQUAL(std::string("1:90K "), turns());
        open_file(3, 50 * kKiB);
        CPPUNIT_ASSERT_EQUAL(std::string(), turns());
        answers_.add_credit(kConnectionId, 110 * kKiB);
        CPPUNIT_ASSERT_EQUAL(std::string("2:16K 3:4K "), turns());
    }
    void a_range_starts_where_its_span_does() {
        open_file(1, 100);
        answers_.find(RequestId(1))->span.offset = 5000;
        CPPUNIT_ASSERT(answers_.next_turn()->file == (FileRange{RequestId(1), 5000, 100}));
    }
    void is_complete_when_all_was_handed_out() {
        open_file(1, 10);
        open_frames(2, {8});
        for (const auto id : {RequestId(1), RequestId(2)}) answers_.find(id)->end = Bytes();
        CPPUNIT_ASSERT(answers_.complete().empty());
        (void)turns(1);
        CPPUNIT_ASSERT(answers_.complete() == std::vector{RequestId(1)});
        (void)turns();
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, answers_.complete().size());
        answers_.remove(RequestId(1));
        CPPUNIT_ASSERT(!answers_.contains(RequestId(1)) && answers_.size() == 1);
    }
    void watches_those_that_lack_credit() {
        answers_.limit(1000 * kKiB, 100 * kKiB);
        open_file(1, 300 * kKiB);
        open_file(2, 300 * kKiB);
        (void)turns();
        answers_.add_credit(RequestId(2), 200 * kKiB);
        answers_.note_stalls(at(5s));
        CPPUNIT_ASSERT(answers_.stall_deadline(30s) == at(35s));
        CPPUNIT_ASSERT(answers_.stalled(30s, at(34s)).empty());
        CPPUNIT_ASSERT(answers_.stalled(30s, at(35s)) == std::vector{RequestId(1)});
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(AnswerSetTest);
