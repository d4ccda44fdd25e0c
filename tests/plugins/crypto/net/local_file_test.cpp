#include <crypto/net/local_file.h>

#include <cppunit/extensions/HelperMacros.h>

#include <support/temporary_folder.h>
#include <support/wish.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <array>

namespace gantry::crypto {
namespace {

using testing::Wish;

class LocalFileTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LocalFileTest);
    CPPUNIT_TEST(reads_to_the_end);
    CPPUNIT_TEST(follows_links);
    CPPUNIT_TEST(a_missing_file_is_not_found_by_the_name_that_was_typed);
    CPPUNIT_TEST(a_folder_cannot_be_read);
    CPPUNIT_TEST(tells_the_size_of_regular_files_only);
    CPPUNIT_TEST(reads_a_pipe_to_its_end);
    CPPUNIT_TEST(a_pipe_that_nobody_writes_to_can_be_cancelled);
    CPPUNIT_TEST(reads_at_any_place_into_several_buffers);
    CPPUNIT_TEST(a_read_behind_the_end_is_short);
    CPPUNIT_TEST(knows_whether_it_was_written_to);
    CPPUNIT_TEST(knows_whether_others_may_use_it);
    CPPUNIT_TEST_SUITE_END();

    testing::TemporaryFolder folder_;
    Wish never_;

    LocalFile open(std::string_view name) {
        return LocalFile::open((folder_ / name).string(), std::string(name)).value();
    }
    std::string read_all(LocalFile file) {
        std::string text;
        std::array<std::byte, 4> block{};
        for (;;) {
            const auto count = file.read(block, never_).value();
            if (count == 0) return text;
            text += as_text(ByteView(block).first(count));
        }
    }

  public:
    void reads_to_the_end() {
        folder_.write("a", "ten bytes.");
        CPPUNIT_ASSERT_EQUAL(std::string("ten bytes."), read_all(open("a")));
    }
    void follows_links() {
        folder_.write("deep/a", "linked");
        std::filesystem::create_symlink(folder_ / "deep/a", folder_ / "link");
        CPPUNIT_ASSERT_EQUAL(std::string("linked"), read_all(open("link")));
    }
    void a_missing_file_is_not_found_by_the_name_that_was_typed() {
        const auto error = LocalFile::open((folder_ / "none").string(), "typed").error();
        CPPUNIT_ASSERT(error.code == ErrorCode::not_found);
        CPPUNIT_ASSERT_EQUAL(std::string("typed: no such file or directory"), describe(error));
    }
    void a_folder_cannot_be_read() {
        folder_.write("deep/a", "");
        std::array<std::byte, 4> block{};
        auto file = open("deep");
        CPPUNIT_ASSERT(file.read(block, never_).error().code == ErrorCode::usage);
    }
    void tells_the_size_of_regular_files_only() {
        const auto path = folder_.write("a", "12345").string();
        CPPUNIT_ASSERT(size_of_file(path) == ByteCount(5));
        CPPUNIT_ASSERT(!size_of_file(folder_.path().string()));
        CPPUNIT_ASSERT(!size_of_file((folder_ / "none").string()));
    }
    void reads_a_pipe_to_its_end() {
        CPPUNIT_ASSERT_EQUAL(0, ::mkfifo((folder_ / "pipe").c_str(), 0600));
        auto file = open("pipe");
        const int writer = ::open((folder_ / "pipe").c_str(), O_WRONLY | O_CLOEXEC);
        CPPUNIT_ASSERT_EQUAL(ssize_t{6}, ::write(writer, "piped!", 6));
        ::close(writer);
        CPPUNIT_ASSERT_EQUAL(std::string("piped!"), read_all(std::move(file)));
    }
    void a_pipe_that_nobody_writes_to_can_be_cancelled() {
        CPPUNIT_ASSERT_EQUAL(0, ::mkfifo((folder_ / "pipe").c_str(), 0600));
        auto file = open("pipe");
        std::array<std::byte, 4> block{};
        const auto error = file.read(block, Wish(1)).error();
        CPPUNIT_ASSERT(error.code == ErrorCode::cancelled);
    }
    void reads_at_any_place_into_several_buffers() {
        folder_.write("a", "0123456789");
        std::array<std::byte, 3> one{};
        std::array<std::byte, 4> two{};
        const std::array<ByteSpan, 2> parts{one, two};
        CPPUNIT_ASSERT_EQUAL(std::size_t{7}, open("a").read_at(2, parts).value());
        CPPUNIT_ASSERT_EQUAL(std::string("234"), std::string(as_text(one)));
        CPPUNIT_ASSERT_EQUAL(std::string("5678"), std::string(as_text(two)));
    }
    void a_read_behind_the_end_is_short() {
        folder_.write("a", "0123456789");
        std::array<std::byte, 4> room{};
        const std::array<ByteSpan, 1> parts{room};
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, open("a").read_at(8, parts).value());
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, open("a").read_at(100, parts).value());
    }
    void knows_whether_it_was_written_to() {
        folder_.write("a", "0123456789");
        const auto file = open("a");
        CPPUNIT_ASSERT(file.check_unchanged().ok());
        CPPUNIT_ASSERT(file.size() == ByteCount(10));
        folder_.write("a", "0123456789x");
        CPPUNIT_ASSERT(file.check_unchanged().error().code == ErrorCode::source_changed);
        CPPUNIT_ASSERT(file.size() == ByteCount(10));
    }
    void knows_whether_others_may_use_it() {
        const auto path = folder_.write("a", "");
        for (const int mode : {0600, 0400, 0700}) {
            CPPUNIT_ASSERT_EQUAL(0, ::chmod(path.c_str(), static_cast<mode_t>(mode)));
            CPPUNIT_ASSERT(!open("a").is_open_to_others());
        }
        for (const int mode : {0640, 0604, 0620, 0666}) {
            CPPUNIT_ASSERT_EQUAL(0, ::chmod(path.c_str(), static_cast<mode_t>(mode)));
            CPPUNIT_ASSERT(open("a").is_open_to_others());
        }
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(LocalFileTest);

}  // namespace
}  // namespace gantry::crypto
