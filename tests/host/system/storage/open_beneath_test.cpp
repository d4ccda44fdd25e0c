#include <storage/open_beneath.h>

#include <cppunit/extensions/HelperMacros.h>
#include <support/child.h>
#include <support/temporary_folder.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include <cerrno>
#include <filesystem>

namespace gantry::host::storage {
namespace {

namespace fs = std::filesystem;

// The two ways through a path, side by side: they must agree on every answer and every errno.
class OpenBeneathTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(OpenBeneathTest);
    CPPUNIT_TEST(asks_the_kernel_where_it_can);
    CPPUNIT_TEST(both_ways_give_the_same_answers);
    CPPUNIT_TEST(a_walk_that_would_never_end_is_given_up);
    CPPUNIT_TEST_SUITE_END();

    testing::TemporaryFolder folder_;
    Descriptor root_;

    static bool kernel_has_it() {
        return ::syscall(SYS_openat2, -1, nullptr, nullptr, 0) >= 0 || errno != ENOSYS;
    }
    // "folder 12" or "errno 2": what was opened, by its inode, or why not.
    static std::string told(const Opened& opened) {
        if (!opened.descriptor) return "errno " + std::to_string(opened.problem);
        struct stat status {};
        CPPUNIT_ASSERT_EQUAL(0, ::fstat(opened.descriptor.get(), &status));
        return std::to_string(status.st_mode) + ' ' + std::to_string(status.st_ino);
    }

  public:
    void setUp() override {
        folder_.write("root/a/b/file", "");
        folder_.write("outside", "");
        const std::pair<const char*, const char*> links[] = {{"link", "a/b"},
                                                             {"a/up", ".."},
                                                             {"a/out", "../.."},
                                                             {"a/outer", "../../outside"},
                                                             {"abs", "/etc"},
                                                             {"loop", "loop"},
                                                             {"gone", "nowhere/x"},
                                                             {"slash", "a/b/file/"},
                                                             {"dots", "a/./b/../b/./file"},
                                                             {"a/b/root", "../../"},
                                                             {"over", "a/b/../../../root/a"}};
        for (const auto& [name, target] : links)
            fs::create_symlink(target, folder_ / "root" / name);
        root_ = Descriptor(::open((folder_ / "root").c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    }

    void asks_the_kernel_where_it_can() {
        CPPUNIT_ASSERT_EQUAL(kernel_has_it(), kernel_opens_beneath(root_.get()));
    }

    void both_ways_give_the_same_answers() {
        if (!kernel_has_it()) return testing::say_skipped("this kernel has no openat2");
        const char* paths[] = {"",
                               "a",
                               "a/b",
                               "a/b/file",
                               "a/b/file/x",
                               "none",
                               "a/none",
                               "link",
                               "link/file",
                               "a/up",
                               "a/up/a/b",
                               "a/out",
                               "a/out/outside",
                               "a/outer",
                               "abs",
                               "abs/passwd",
                               "loop",
                               "loop/x",
                               "gone",
                               "slash",
                               "dots",
                               "a/b/root",
                               "a/b/root/link/file",
                               "over",
                               "over/b"};
        const int flags[] = {O_PATH,
                             O_PATH | O_NOFOLLOW,
                             O_PATH | O_DIRECTORY,
                             O_RDONLY | O_NONBLOCK,
                             O_RDWR | O_NONBLOCK,
                             O_RDONLY | O_NOFOLLOW};
        for (const char* path : paths)
            for (const int flag : flags)
                CPPUNIT_ASSERT_EQUAL_MESSAGE(std::string(path) + " with " + std::to_string(flag),
                                             told(open_by_kernel(root_.get(), path, flag)),
                                             told(open_by_walk(root_.get(), path, flag)));
    }

    void a_walk_that_would_never_end_is_given_up() {
        std::string deep = "d";
        for (int i = 1; i < 100; ++i) deep += "/d";
        fs::create_directories(folder_ / "root" / deep);
        std::string winding = deep;
        while (winding.size() < 4000) winding += "/../d";
        fs::create_symlink(winding, folder_ / "root/winding");
        const Opened opened = open_by_walk(root_.get(), "winding", O_PATH);
        CPPUNIT_ASSERT_EQUAL(ELOOP, opened.problem);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(OpenBeneathTest);

}  // namespace
}  // namespace gantry::host::storage
