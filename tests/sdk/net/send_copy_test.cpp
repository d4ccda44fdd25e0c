#include <gantry/net/send_copy.h>

#include <cppunit/extensions/HelperMacros.h>
#include <support/test_files.h>

namespace gantry {
namespace {

// Takes a limited number of bytes.
class NarrowStream final : public Stream {
  public:
    explicit NarrowStream(std::size_t room) : room_(room) {}
    void set_callbacks(StreamCallbacks) override {}
    void set_interest(Interest) override {}
    Result<ReadOutcome> read(ByteSpan) override { return ReadOutcome{}; }
    Result<std::size_t> write(std::span<const ByteView> buffers) override {
        if (failed) return make_error(ErrorCode::network, "test", "gone");
        const auto taken = buffers.front().first(std::min(room_, buffers.front().size()));
        text += as_text(taken);
        room_ -= taken.size();
        return taken.size();
    }
    Result<std::size_t> send_file(File& file, std::uint64_t at, std::size_t count) override {
        return send_copy(*this, file, at, count);
    }
    Result<void> finish_writing() override { return {}; }
    void abort() override {}
    Endpoint local() const override { return {}; }
    Endpoint peer() const override { return {}; }
    Security security() const override { return {}; }

    std::string text;
    bool failed = false;

  private:
    std::size_t room_;
};

class SendCopyTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SendCopyTest);
    CPPUNIT_TEST(sends_a_range_however_long);
    CPPUNIT_TEST(stops_where_there_is_no_room);
    CPPUNIT_TEST(refuses_an_offset_behind_the_end);
    CPPUNIT_TEST(passes_on_what_the_stream_answers);
    CPPUNIT_TEST_SUITE_END();

    std::string content_ = std::string(100'000, 'a') + std::string(100'000, 'b');
    testing::ContentFile file_{content_};

  public:
    void sends_a_range_however_long() {
        NarrowStream stream(1'000'000);
        CPPUNIT_ASSERT_EQUAL(std::size_t{150'000}, *stream.send_file(file_, 1000, 150'000));
        CPPUNIT_ASSERT(stream.text == content_.substr(1000, 150'000));
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, *stream.send_file(file_, 1000, 0));
    }
    void stops_where_there_is_no_room() {
        NarrowStream stream(70'000);
        CPPUNIT_ASSERT_EQUAL(std::size_t{70'000}, *stream.send_file(file_, 0, 200'000));
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, *stream.send_file(file_, 70'000, 10));
    }
    void refuses_an_offset_behind_the_end() {
        NarrowStream stream(70'000);
        CPPUNIT_ASSERT_EQUAL(std::size_t{5}, *stream.send_file(file_, 199'995, 100));
        CPPUNIT_ASSERT(stream.send_file(file_, 200'000, 1).error().code == ErrorCode::range);
    }
    void passes_on_what_the_stream_answers() {
        NarrowStream stream(10);
        stream.failed = true;
        CPPUNIT_ASSERT(stream.send_file(file_, 0, 1).error().code == ErrorCode::network);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SendCopyTest);

}  // namespace
}  // namespace gantry
