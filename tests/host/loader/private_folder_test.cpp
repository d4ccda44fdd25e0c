#include <cppunit/extensions/HelperMacros.h>
#include <host/loader/private_folder.h>
#include <support/temporary_folder.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

using namespace gantry;
using namespace gantry::host;
namespace fs = std::filesystem;

namespace {

class PrivateFolderTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PrivateFolderTest);
    CPPUNIT_TEST(is_this_users_alone_and_goes_with_the_object);
    CPPUNIT_TEST(every_copy_has_a_name_of_its_own);
    CPPUNIT_TEST(a_file_that_cannot_be_read_leaves_no_copy);
    CPPUNIT_TEST(removes_the_folders_of_dead_processes);
    CPPUNIT_TEST(leaves_the_folders_of_living_processes_and_strangers);
    CPPUNIT_TEST(leaves_a_folder_whose_lock_is_only_just_being_taken);
    CPPUNIT_TEST(tells_when_it_cannot_be_made);
    CPPUNIT_TEST_SUITE_END();

    testing::TemporaryFolder parent_;

    std::unique_ptr<PrivateFolder> create() const {
        auto made = PrivateFolder::create_in(parent_.path());
        CPPUNIT_ASSERT(made.ok());
        return std::move(*made);
    }

    void is_this_users_alone_and_goes_with_the_object() {
        auto folder = create();
        struct stat status {};
        CPPUNIT_ASSERT(::stat(folder->path().c_str(), &status) == 0);
        CPPUNIT_ASSERT_EQUAL(mode_t{0700}, status.st_mode & 07777);
        CPPUNIT_ASSERT(folder->copy(parent_.write("a.so", "x")).ok());
        folder.reset();
        CPPUNIT_ASSERT((parent_.names() == std::vector<std::string>{"a.so"}));
    }
    void every_copy_has_a_name_of_its_own() {
        const auto file = parent_.write("a.so", "x");
        auto folder = create();
        const auto one = folder->copy(file).value();
        fs::remove(one);
        const auto two = folder->copy(file).value();
        CPPUNIT_ASSERT(one != two);
        CPPUNIT_ASSERT(fs::exists(two) && !fs::exists(one));
    }
    void a_file_that_cannot_be_read_leaves_no_copy() {
        auto folder = create();
        const auto missing = folder->copy(parent_ / "missing.so");
        CPPUNIT_ASSERT(!missing.ok() && missing.error().code == ErrorCode::not_found);
        CPPUNIT_ASSERT(!folder->copy(parent_.path()).ok());
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, parent_.names().size());  // the folder and its lock
    }
    void removes_the_folders_of_dead_processes() {
        // A lock that nobody holds, and a folder whose maker died before it took one.
        parent_.write("gantry-plugins-1-abcdef/lock", "");
        parent_.write("gantry-plugins-1-abcdef/old.so", "x");
        const pid_t child = ::fork();
        if (child == 0) ::_exit(0);
        CPPUNIT_ASSERT(::waitpid(child, nullptr, 0) == child);
        fs::create_directory(parent_ / ("gantry-plugins-" + std::to_string(child) + "-ghijkl"));
        create();
        CPPUNIT_ASSERT(parent_.names().empty());
    }
    void leaves_the_folders_of_living_processes_and_strangers() {
        auto other = create();
        fs::create_directory(parent_ / ("gantry-plugins-" + std::to_string(::getpid()) + "-new"));
        fs::create_directory(parent_ / "gantry-plugins-x");
        parent_.write("gantry-plugins-file", "x");
        fs::create_directory_symlink("/tmp", parent_ / "gantry-plugins-link");
        create();
        CPPUNIT_ASSERT(fs::exists(other->path()));
        CPPUNIT_ASSERT_EQUAL(std::size_t{6}, parent_.names().size());
    }
    void leaves_a_folder_whose_lock_is_only_just_being_taken() {
        const auto name = "gantry-plugins-" + std::to_string(::getpid()) + "-made";
        parent_.write(name + "/lock.new", "");
        CPPUNIT_ASSERT(fs::exists(create()->path() / "lock"));
        CPPUNIT_ASSERT((parent_.names() == std::vector<std::string>{name, name + "/lock.new"}));
    }
    void tells_when_it_cannot_be_made() {
        const auto made = PrivateFolder::create_in(parent_ / "missing");
        CPPUNIT_ASSERT(!made.ok() && made.error().code == ErrorCode::not_found);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PrivateFolderTest);

}  // namespace
