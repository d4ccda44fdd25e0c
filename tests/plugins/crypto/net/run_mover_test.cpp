#include <crypto/net/openssl_aead.h>
#include <crypto/net/run_mover.h>
#include <host/system/asio_loop.h>
#include <host/system/thread_pool.h>

#include <cppunit/extensions/HelperMacros.h>
#include <support/fake_call.h>
#include <support/pattern.h>

namespace gantry::crypto {
namespace {

using testing::pattern;

// Streams at both ends: the order of the runs is what is at stake.
class RunMoverTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RunMoverTest);
    CPPUNIT_TEST(what_was_sealed_comes_out_again);
    CPPUNIT_TEST(tells_its_progress_in_bytes_of_the_text);
    CPPUNIT_TEST(writes_all_before_the_damage_and_nothing_behind_it);
    CPPUNIT_TEST(of_several_faults_the_first_counts);
    CPPUNIT_TEST(stops_when_it_is_cancelled);
    CPPUNIT_TEST(stops_when_nobody_reads);
    CPPUNIT_TEST(an_error_of_the_source_is_passed_on);
    CPPUNIT_TEST(a_key_of_the_wrong_length_is_an_error);
    CPPUNIT_TEST_SUITE_END();

    CoreDumpShield shield_;
    OpensslAead aead_{shield_};
    host::AsioLoop loop_;
    host::ThreadPool pool_{"pool", 4};
    testing::FakeJob job_;
    std::vector<std::byte> key_ = std::vector<std::byte>(32, std::byte{1});
    std::string out_;
    StreamSource::Read broken_;

    Result<std::uint64_t> move(const std::string& text, Form to, RunSink* sink = nullptr) {
        std::size_t at = 0;
        const auto read = [&](ByteSpan into) {
            const auto count = std::min(into.size(), text.size() - at);
            std::copy_n(as_bytes(text).data() + at, count, into.data());
            at += count;
            return Result<std::size_t>(count);
        };
        StreamSource source(broken_ ? broken_ : read,
                            to == Form::sealed ? Form::text : Form::sealed);
        out_.clear();
        StreamSink plain(
            [this](std::string_view part) {
                out_ += part;
                return Result<void>();
            },
            to);
        return move_runs({aead_, AeadAlgorithm::aes256_gcm, key_, to, source, sink ? *sink : plain,
                          job_, pool_, loop_});
    }
    std::string sealed(const std::string& text) {
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{text.size()}, move(text, Form::sealed).value());
        return out_;
    }
    static constexpr std::size_t kRunText = kRunChunks * kChunkText;

  public:
    void what_was_sealed_comes_out_again() {
        for (const std::size_t size :
             {std::size_t{0}, std::size_t{1}, kRunText, kRunText + 1, 30 * kRunText + 77}) {
            const auto text = pattern(size);
            const auto chunks = sealed(text);
            CPPUNIT_ASSERT_EQUAL(chunked_size(size), std::uint64_t{chunks.size()});
            CPPUNIT_ASSERT_EQUAL(std::uint64_t{size}, move(chunks, Form::text).value());
            CPPUNIT_ASSERT(out_ == text);
        }
    }
    void tells_its_progress_in_bytes_of_the_text() {
        (void)sealed(pattern(3 * kRunText + 5));
        CPPUNIT_ASSERT(job_.done == ByteCount(3 * kRunText + 5));
    }
    void writes_all_before_the_damage_and_nothing_behind_it() {
        const auto text = pattern(20 * kRunText);
        auto chunks = sealed(text);
        chunks[7 * kRunSize + 100] ^= 1;
        const auto moved = move(chunks, Form::text);
        CPPUNIT_ASSERT(moved.error().code == ErrorCode::integrity);
        CPPUNIT_ASSERT(out_ == text.substr(0, 7 * kRunText));
    }
    void of_several_faults_the_first_counts() {
        auto chunks = sealed(pattern(20 * kRunText));
        for (std::size_t run = 5; run < 20; ++run) chunks[run * kRunSize] ^= 1;
        for (int round = 0; round < 20; ++round)
            CPPUNIT_ASSERT_EQUAL(std::string("chunk 20 was changed, or the file was cut off"),
                                 move(chunks, Form::text).error().message);
    }
    void stops_when_it_is_cancelled() {
        job_.cancel_at = ByteCount(3 * kRunText);
        const auto moved = move(pattern(100 * kRunText), Form::sealed);
        CPPUNIT_ASSERT(moved.error().code == ErrorCode::cancelled);
        CPPUNIT_ASSERT(out_.size() < 20 * kRunSize);
    }
    void stops_when_nobody_reads() {
        StreamSink closed(
            [](std::string_view) {
                return Result<void>(make_error(ErrorCode::closed, "shell", "gone"));
            },
            Form::sealed);
        CPPUNIT_ASSERT(move(pattern(100 * kRunText), Form::sealed, &closed).error().code ==
                       ErrorCode::closed);
    }
    void an_error_of_the_source_is_passed_on() {
        broken_ = [](ByteSpan) {
            return Result<std::size_t>(make_error(ErrorCode::network, "test", "gone"));
        };
        CPPUNIT_ASSERT(move("", Form::sealed).error().code == ErrorCode::network);
    }
    void a_key_of_the_wrong_length_is_an_error() {
        key_.pop_back();
        CPPUNIT_ASSERT(move("text", Form::sealed).error().code == ErrorCode::usage);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(RunMoverTest);

}  // namespace
}  // namespace gantry::crypto
