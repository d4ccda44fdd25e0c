#include <crypto/net/local_file.h>

#include <cppunit/extensions/HelperMacros.h>

#include <support/temporary_folder.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <array>

namespace gantry::crypto {
namespace {

class Wish : public CancelToken {
  public:
    explicit Wish(int checks) : left_(checks) {}
    // Asked for after so many looks.
    bool cancel_requested() const noexcept override { return left_-- <= 0; }
    Registration on_cancel(EventLoop&, Task) override { return {}; }
    bool wait_for_cancel(Duration) override { return cancel_requested(); }

  private:
    mutable int left_;
};

class LocalFileTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LocalFileTest);
    CPPUNIT_TEST(reads_to_the_end);
    CPPUNIT_TEST(follows_links);
    CPPUNIT_TEST(a_missing_file_is_not_found_by_the_name_that_was_typed);
    CPPUNIT_TEST(a_folder_cannot_be_read);
    CPPUNIT_TEST(tells_the_size_of_regular_files_only);
    CPPUNIT_TEST(reads_a_pipe_to_its_end);
    CPPUNIT_TEST(a_pipe_that_nobody_writes_to_can_be_cancelled);
    CPPUNIT_TEST_SUITE_END();

    testing::TemporaryFolder folder_;
    Wish never_{1'000'000};

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
};
CPPUNIT_TEST_SUITE_REGISTRATION(LocalFileTest);

}  // namespace
}  // namespace gantry::crypto
