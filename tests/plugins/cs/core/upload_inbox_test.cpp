#include "core_bytes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <cs/core/limits.h>
#include <cs/core/upload_inbox.h>

using namespace gantry;
using namespace gantry::cs;

class UploadInboxTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(UploadInboxTest);
    CPPUNIT_TEST(keeps_what_comes_until_it_is_fetched);
    CPPUNIT_TEST(tells_the_end_with_the_last_bytes_and_forgets);
    CPPUNIT_TEST(an_end_that_cannot_be_read_is_handed_on);
    CPPUNIT_TEST(an_error_gives_the_upload_up);
    CPPUNIT_TEST(skips_what_was_discarded_until_its_end);
    CPPUNIT_TEST(refuses_bytes_that_no_put_waits_for);
    CPPUNIT_TEST(is_full_at_the_limit_and_no_more_after_a_fetch);
    CPPUNIT_TEST(holds_no_more_uploads_than_the_limit);
    CPPUNIT_TEST_SUITE_END();

    UploadInbox inbox_;
    Result<void> take(FrameType type, std::uint32_t id, const Bytes& body = {}) {
        return inbox_.take(
            {make_header(type, ServiceId::put, RequestId(id), body.size()), body, true});
    }
    static Bytes end_body() { return FileEnd{4, {}}.encode(); }

  public:
    void setUp() override { CPPUNIT_ASSERT(inbox_.begin(RequestId(1))); }

    void keeps_what_comes_until_it_is_fetched() {
        CPPUNIT_ASSERT(take(FrameType::data, 1, text("ab")));
        CPPUNIT_ASSERT(take(FrameType::data, 1, text("cd")));
        CPPUNIT_ASSERT(inbox_.fetch(RequestId(1)).bytes == text("abcd"));
        CPPUNIT_ASSERT(inbox_.fetch(RequestId(1)).empty());
        CPPUNIT_ASSERT(inbox_.awaits(RequestId(1)) && inbox_.unfinished());
    }
    void tells_the_end_with_the_last_bytes_and_forgets() {
        CPPUNIT_ASSERT(take(FrameType::data, 1, text("abcd")));
        CPPUNIT_ASSERT(take(FrameType::end, 1, end_body()));
        CPPUNIT_ASSERT(!inbox_.awaits(RequestId(1)) && !inbox_.unfinished());
        const auto part = inbox_.fetch(RequestId(1));
        CPPUNIT_ASSERT(part.bytes == text("abcd") && part.end && part.end->value().total == 4);
        CPPUNIT_ASSERT(inbox_.fetch(RequestId(1)).empty());
    }
    void an_end_that_cannot_be_read_is_handed_on() {
        CPPUNIT_ASSERT(take(FrameType::end, 1, text("?")));
        CPPUNIT_ASSERT(inbox_.fetch(RequestId(1)).end->error().code == ErrorCode::protocol);
    }
    void an_error_gives_the_upload_up() {
        CPPUNIT_ASSERT(take(FrameType::error, 1, text("whatever")));
        CPPUNIT_ASSERT(inbox_.fetch(RequestId(1)).given_up);
        CPPUNIT_ASSERT(take(FrameType::error, 7));  // of no put: asks for nothing
    }
    void skips_what_was_discarded_until_its_end() {
        CPPUNIT_ASSERT(take(FrameType::data, 1, text("ab")));
        inbox_.discard(RequestId(1));
        CPPUNIT_ASSERT(!inbox_.unfinished());
        CPPUNIT_ASSERT(take(FrameType::data, 1, Bytes(2 * limits::kMaxUploadBytes)));
        CPPUNIT_ASSERT(!inbox_.full());
        CPPUNIT_ASSERT(take(FrameType::end, 1, end_body()));
        CPPUNIT_ASSERT(take(FrameType::data, 1).error().code == ErrorCode::protocol);
    }
    void refuses_bytes_that_no_put_waits_for() {
        CPPUNIT_ASSERT(take(FrameType::data, 2).error().code == ErrorCode::protocol);
        CPPUNIT_ASSERT(take(FrameType::end, 1, end_body()));
        CPPUNIT_ASSERT(take(FrameType::data, 1).error().code == ErrorCode::protocol);
        CPPUNIT_ASSERT(take(FrameType::end, 1, end_body()).error().code == ErrorCode::protocol);
    }
    void is_full_at_the_limit_and_no_more_after_a_fetch() {
        CPPUNIT_ASSERT(take(FrameType::data, 1, Bytes(limits::kMaxUploadBytes - 1)));
        CPPUNIT_ASSERT(!inbox_.full());
        CPPUNIT_ASSERT(take(FrameType::data, 1, Bytes(1)));
        CPPUNIT_ASSERT(inbox_.full());
        CPPUNIT_ASSERT_EQUAL(limits::kMaxUploadBytes, inbox_.fetch(RequestId(1)).bytes.size());
        CPPUNIT_ASSERT(!inbox_.full());
    }
    void holds_no_more_uploads_than_the_limit() {
        for (std::uint32_t id = 2; id <= limits::kMaxUploads; ++id)
            CPPUNIT_ASSERT(inbox_.begin(RequestId(id)));
        CPPUNIT_ASSERT(inbox_.begin(RequestId(999)).error().code == ErrorCode::limit);
        inbox_.discard(RequestId(1));  // the client has yet to end it
        CPPUNIT_ASSERT(!inbox_.begin(RequestId(999)));
        CPPUNIT_ASSERT(take(FrameType::error, 1));
        CPPUNIT_ASSERT(inbox_.begin(RequestId(999)));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(UploadInboxTest);
