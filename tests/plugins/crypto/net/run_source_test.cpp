#include <crypto/net/run_source.h>

#include <cppunit/extensions/HelperMacros.h>
#include <support/pattern.h>
#include <support/temporary_folder.h>

#include <vector>

namespace gantry::crypto {
namespace {

using testing::pattern;

class RunSourceTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RunSourceTest);
    CPPUNIT_TEST(a_file_and_a_stream_give_the_same_runs);
    CPPUNIT_TEST(only_the_last_run_ends);
    CPPUNIT_TEST(an_empty_text_is_one_empty_chunk);
    CPPUNIT_TEST(an_empty_stream_of_chunks_was_cut_off);
    CPPUNIT_TEST(a_stream_may_come_in_single_bytes);
    CPPUNIT_TEST(an_error_of_a_stream_is_passed_on);
    CPPUNIT_TEST(a_file_that_becomes_shorter_is_noticed);
    CPPUNIT_TEST(a_file_starts_where_it_is_told);
    CPPUNIT_TEST_SUITE_END();

    testing::TemporaryFolder folder_;
    std::vector<std::byte> room_ = std::vector<std::byte>(kRunSize);

    struct Seen {
        std::string bytes;
        std::vector<ChunkRun> runs;
    };
    Seen drain(RunSource& source, Form form) {
        Seen seen;
        while (const auto run = source.next(room_).value()) {
            seen.runs.push_back(*run);
            for (const auto part : parts_of<ByteView>(ByteView(room_).first(run->size), form))
                seen.bytes += as_text(part);
        }
        CPPUNIT_ASSERT(!source.next(room_).value());
        return seen;
    }
    LocalFile file(const std::string& content) {
        return LocalFile::open(folder_.write("f", content).string(), "f").value();
    }
    static StreamSource::Read reader(std::string text, std::size_t step) {
        return [text = std::move(text), step, at = std::size_t{0}](ByteSpan into) mutable {
            const auto count = std::min({into.size(), step, text.size() - at});
            std::copy_n(as_bytes(text).data() + at, count, into.data());
            at += count;
            return Result<std::size_t>(count);
        };
    }

  public:
    void a_file_and_a_stream_give_the_same_runs() {
        for (const auto form : {Form::text, Form::sealed})
            for (const std::size_t size :
                 {std::size_t{17}, kChunkText, kChunkSize, unit_of(form) - 1, unit_of(form),
                  unit_of(form) + 17, 3 * unit_of(form)}) {
                const auto text = pattern(size);
                const auto opened = file(text);
                FileSource from_file(opened, form, 0, size);
                StreamSource from_stream(reader(text, 10'000), form);
                const auto one = drain(from_file, form), two = drain(from_stream, form);
                CPPUNIT_ASSERT(one.bytes == text && two.bytes == text);
                CPPUNIT_ASSERT_EQUAL(one.runs.size(), two.runs.size());
                for (std::size_t i = 0; i < one.runs.size(); ++i) {
                    CPPUNIT_ASSERT_EQUAL(one.runs[i].size, two.runs[i].size);
                    CPPUNIT_ASSERT_EQUAL(one.runs[i].ends, two.runs[i].ends);
                }
            }
    }
    void only_the_last_run_ends() {
        StreamSource source(reader(pattern(2 * unit_of(Form::text)), 1'000'000), Form::text);
        const auto seen = drain(source, Form::text);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, seen.runs.size());
        CPPUNIT_ASSERT(!seen.runs[0].ends && seen.runs[1].ends);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, seen.runs[1].number);
        CPPUNIT_ASSERT_EQUAL(kRunSize, seen.runs[1].size);
    }
    void an_empty_text_is_one_empty_chunk() {
        StreamSource stream(reader("", 1), Form::text);
        const auto opened = file("");
        FileSource whole(opened, Form::text, 0, 0);
        for (RunSource* source :
             {static_cast<RunSource*>(&stream), static_cast<RunSource*>(&whole)}) {
            const auto seen = drain(*source, Form::text);
            CPPUNIT_ASSERT_EQUAL(std::size_t{1}, seen.runs.size());
            CPPUNIT_ASSERT_EQUAL(kAeadTagSize, seen.runs[0].size);
            CPPUNIT_ASSERT(seen.runs[0].ends);
        }
    }
    void an_empty_stream_of_chunks_was_cut_off() {
        StreamSource source(reader("", 1), Form::sealed);
        CPPUNIT_ASSERT(source.next(room_).error().code == ErrorCode::integrity);
    }
    void a_stream_may_come_in_single_bytes() {
        const auto text = pattern(kChunkText + 100);
        StreamSource source(reader(text, 1), Form::text);
        CPPUNIT_ASSERT(drain(source, Form::text).bytes == text);
    }
    void an_error_of_a_stream_is_passed_on() {
        for (const int fine : {0, 3}) {
            int calls = 0;
            StreamSource source(
                [&](ByteSpan into) -> Result<std::size_t> {
                    if (calls++ == fine) return make_error(ErrorCode::network, "test", "gone");
                    return std::min<std::size_t>(into.size(), 100);
                },
                Form::text);
            CPPUNIT_ASSERT(source.next(room_).error().code == ErrorCode::network);
        }
    }
    void a_file_that_becomes_shorter_is_noticed() {
        const auto opened = file(pattern(1000));
        FileSource source(opened, Form::text, 0, 1000);
        std::filesystem::resize_file(folder_ / "f", 999);
        const auto run = source.next(room_);
        CPPUNIT_ASSERT(run.error().code == ErrorCode::source_changed);
        CPPUNIT_ASSERT_EQUAL(std::string("f"), run.error().context);
    }
    void a_file_starts_where_it_is_told() {
        const auto text = pattern(1000);
        const auto opened = file(text);
        FileSource source(opened, Form::sealed, 80, 920);
        CPPUNIT_ASSERT(drain(source, Form::sealed).bytes == text.substr(80));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(RunSourceTest);

}  // namespace
}  // namespace gantry::crypto
