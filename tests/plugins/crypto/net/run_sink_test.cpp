#include <crypto/net/run_sink.h>
#include <gantry/testing/memory_store.h>

#include <cppunit/extensions/HelperMacros.h>

#include <thread>
#include <vector>

namespace gantry::crypto {
namespace {

class RunSinkTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RunSinkTest);
    CPPUNIT_TEST(a_file_is_written_in_any_order);
    CPPUNIT_TEST(the_text_is_written_without_the_tags);
    CPPUNIT_TEST(a_stream_is_written_in_order);
    CPPUNIT_TEST(a_stream_stops_before_a_run_that_never_comes);
    CPPUNIT_TEST(an_error_of_a_stream_is_passed_on);
    CPPUNIT_TEST_SUITE_END();

    // A run of this number whose texts and tags tell it.
    static std::vector<std::byte> run_of(unsigned number, std::size_t size = kRunSize) {
        return std::vector<std::byte>(size, static_cast<std::byte>('a' + number));
    }
    static ChunkRun run(std::uint64_t number, std::size_t size = kRunSize) {
        return {number, size, size < kRunSize};
    }

    // Takes down the first letter of each run.
    static StreamSink initials(std::string& into) {
        return {[&into](std::string_view text) {
                    into += text.front();
                    return Result<void>();
                },
                Form::sealed};
    }

  public:
    void a_file_is_written_in_any_order() {
        testing::MemoryStore store;
        const auto file = store.open("f", OpenMode::create).value();
        FileSink sink(*file, "f", Form::sealed, 80);
        CPPUNIT_ASSERT(sink.put(run(1, 100), run_of(1, 100)).ok());
        CPPUNIT_ASSERT(sink.put(run(0), run_of(0)).ok());
        CPPUNIT_ASSERT(store.read_file("f") ==
                       std::string(80, '\0') + std::string(kRunSize, 'a') + std::string(100, 'b'));
    }
    void the_text_is_written_without_the_tags() {
        testing::MemoryStore store;
        const auto file = store.open("f", OpenMode::create).value();
        FileSink sink(*file, "f", Form::text, 0);
        CPPUNIT_ASSERT(sink.put(run(0), run_of(0)).ok());
        CPPUNIT_ASSERT(sink.put(run(1, 20), run_of(1, 20)).ok());
        CPPUNIT_ASSERT(store.read_file("f") ==
                       std::string(kRunChunks * kChunkText, 'a') + std::string(4, 'b'));
    }
    void a_stream_is_written_in_order() {
        std::string written;
        auto sink = initials(written);
        std::vector<std::thread> threads;
        for (unsigned i = 0; i < 20; ++i)
            threads.emplace_back([&sink, number = 19 - i] {
                if (!sink.put(run(number, 10), run_of(number, 10))) std::abort();
            });
        for (auto& thread : threads) thread.join();
        CPPUNIT_ASSERT_EQUAL(std::string("abcdefghijklmnopqrst"), written);
    }
    void a_stream_stops_before_a_run_that_never_comes() {
        std::string written;
        auto sink = initials(written);
        std::thread late([&] { (void)sink.put(run(3, 10), run_of(3, 10)); });
        sink.stop_at(2);
        sink.stop_at(7);
        late.join();
        CPPUNIT_ASSERT(sink.put(run(0, 10), run_of(0, 10)).ok());
        CPPUNIT_ASSERT(sink.put(run(1, 10), run_of(1, 10)).ok());
        CPPUNIT_ASSERT_EQUAL(std::string("ab"), written);
    }
    void an_error_of_a_stream_is_passed_on() {
        StreamSink sink(
            [](std::string_view) {
                return Result<void>(make_error(ErrorCode::closed, "shell", "gone"));
            },
            Form::text);
        CPPUNIT_ASSERT(sink.put(run(0), run_of(0)).error().code == ErrorCode::closed);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(RunSinkTest);

}  // namespace
}  // namespace gantry::crypto
