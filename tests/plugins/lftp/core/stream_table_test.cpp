#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/stream_table.h>

using namespace gantry;
using namespace gantry::lftp;

class StreamTableTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(StreamTableTest);
    CPPUNIT_TEST(opens_as_many_as_the_peer_takes);
    CPPUNIT_TEST(the_peer_opens_those_before_the_one_it_names);
    CPPUNIT_TEST(refuses_a_stream_beyond_the_limit);
    CPPUNIT_TEST(refuses_one_of_ours_that_is_not_open);
    CPPUNIT_TEST(gives_credit_for_streams_that_are_over);
    CPPUNIT_TEST(a_stream_is_not_over_before_both_ends_are);
    CPPUNIT_TEST(never_takes_more_than_its_own_limit);
    CPPUNIT_TEST_SUITE_END();

    StreamTable table_{Side::client, {}, 4};
    void end(DuplexStream& stream) {
        (void)stream.receive.on_data(0, {}, true, 100);
        stream.send.finish();
        (void)stream.send.next(10, 100);
        stream.send.on_acked({0, 0, true});
        table_.retire(stream);
    }

  public:
    void opens_as_many_as_the_peer_takes() {
        CPPUNIT_ASSERT(table_.open_stream().error().code == ErrorCode::busy);
        table_.set_peer_limits(2, 1000);
        CPPUNIT_ASSERT(table_.open_stream().value() == StreamId(0));
        CPPUNIT_ASSERT(table_.open_stream().value() == StreamId(2));
        CPPUNIT_ASSERT(!table_.open_stream().ok());
        table_.credit().raise(3);
        CPPUNIT_ASSERT(table_.open_stream().value() == StreamId(4));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1000}, table_.find(StreamId(4))->credit.limit());
    }
    void the_peer_opens_those_before_the_one_it_names() {
        const auto admission = table_.admit(StreamId(5));
        CPPUNIT_ASSERT(admission.stream != nullptr && admission.stream->id == StreamId(5));
        for (const std::uint64_t id : {1U, 3U, 5U})
            CPPUNIT_ASSERT(
                (table_.poll_event() == StreamEvent{StreamEvent::Kind::opened, StreamId(id)}));
        CPPUNIT_ASSERT(!table_.poll_event());
        CPPUNIT_ASSERT(table_.admit(StreamId(3)).stream != nullptr);
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, table_.size());
    }
    void refuses_a_stream_beyond_the_limit() {
        CPPUNIT_ASSERT(table_.admit(StreamId(7)).error == TransportError::no_error);
        CPPUNIT_ASSERT(table_.admit(StreamId(9)).error == TransportError::stream_limit);
        CPPUNIT_ASSERT_EQUAL(std::size_t{4}, table_.size());
    }
    void refuses_one_of_ours_that_is_not_open() {
        CPPUNIT_ASSERT(table_.admit(StreamId(0)).error == TransportError::stream_state);
    }
    void gives_credit_for_streams_that_are_over() {
        for (const std::uint64_t id : {1U, 3U}) end(*table_.admit(StreamId(id)).stream);
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, table_.size());
        const auto late = table_.admit(StreamId(1));
        CPPUNIT_ASSERT(late.stream == nullptr && late.error == TransportError::no_error);
        CPPUNIT_ASSERT(table_.limit_due());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{6}, table_.tell_limit());
        CPPUNIT_ASSERT(!table_.limit_due());
        CPPUNIT_ASSERT(table_.admit(StreamId(11)).stream != nullptr);
    }
    void a_stream_is_not_over_before_both_ends_are() {
        DuplexStream& stream = *table_.admit(StreamId(1)).stream;
        (void)stream.receive.on_data(0, as_bytes("x"), true, 100);
        stream.send.finish();
        (void)stream.send.next(10, 100);
        table_.retire(stream);
        CPPUNIT_ASSERT(table_.find(StreamId(1)) != nullptr);
        stream.send.on_acked({0, 0, true});
        table_.retire(stream);
        CPPUNIT_ASSERT(table_.find(StreamId(1)) != nullptr);
        std::array<std::byte, 4> into{};
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, stream.receive.read(into));
        table_.retire(stream);
        CPPUNIT_ASSERT(table_.find(StreamId(1)) == nullptr);
    }
    void never_takes_more_than_its_own_limit() {
        StreamTable table(Side::client, {}, 1'000'000);
        CPPUNIT_ASSERT_EQUAL(limits::kMaxStreams, table.peer_limit());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(StreamTableTest);
