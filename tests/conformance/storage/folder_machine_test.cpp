#include "resolutions.h"

#include <cppunit/extensions/HelperMacros.h>
#include <support/child.h>
#include <support/temporary_folder.h>

#include <fcntl.h>
#include <malloc.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <iostream>

namespace gantry::host {
namespace {

namespace fs = std::filesystem;
using testing::TemporaryFolder;

std::size_t open_descriptors() {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator("/proc/self/fd"), fs::directory_iterator()));
}

// What only a store on a real machine can meet: /proc, other users, descriptors, memory.
class FolderMachineTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(FolderMachineTest);
    CPPUNIT_TEST(follows_no_magic_link);
    CPPUNIT_TEST(refuses_what_another_user_may_not_read);
    CPPUNIT_TEST(a_listing_goes_on_behind_a_folder_that_may_not_be_read);
    CPPUNIT_TEST(opens_pipes_sockets_and_devices_without_waiting);
    CPPUNIT_TEST(a_listing_of_ten_thousand_takes_no_memory_for_them);
    CPPUNIT_TEST(a_deep_listing_holds_a_bounded_number_of_descriptors);
    CPPUNIT_TEST(every_descriptor_is_closed_again);
    CPPUNIT_TEST(makes_the_root_only_when_told);
    CPPUNIT_TEST(the_root_is_a_folder);
    CPPUNIT_TEST(the_root_may_be_a_link);
    CPPUNIT_TEST(a_moved_root_stays_the_root);
    CPPUNIT_TEST(a_killed_writer_leaves_one_clearly_named_file);
    CPPUNIT_TEST_SUITE_END();

    TemporaryFolder folder_;

    static std::unique_ptr<FileStore> store(const fs::path& root,
                                            PathResolution resolution = PathResolution::best) {
        auto opened = open_folder_store(root, false, resolution);
        CPPUNIT_ASSERT_MESSAGE(root.string(), opened.ok());
        return *std::move(opened);
    }
    static std::string code_of(const Error& error) { return std::string(error_name(error.code)); }

  public:
    void follows_no_magic_link() {
        folder_.write("secret", "secret");
        const int held = ::open((folder_ / "secret").c_str(), O_RDONLY);
        for (const PathResolution resolution : kBothResolutions) {
            auto process = store("/proc/self", resolution);
            for (const std::string& path :
                 {std::string("root/etc/passwd"), "fd/" + std::to_string(held), std::string("exe"),
                  "root" + (folder_ / "secret").string(), std::string("cwd/CMakeCache.txt")}) {
                const auto opened = process->open(path, OpenMode::read);
                CPPUNIT_ASSERT_MESSAGE(path, !opened);
            }
            CPPUNIT_ASSERT(process->list("cwd", false).error().code == ErrorCode::denied);
            CPPUNIT_ASSERT(process->open("status", OpenMode::read).ok());
            // An ordinary link of /proc still works.
            CPPUNIT_ASSERT(store("/proc", resolution)->open("self/status", OpenMode::read).ok());
        }
        ::close(held);
    }

    void refuses_what_another_user_may_not_read() {
        if (const auto reason = testing::reason_against_other_users())
            return testing::say_skipped(*reason);
        folder_.write("closed/file", "");
        folder_.write("file", "");
        fs::permissions(folder_.path(), fs::perms(0755));
        fs::permissions(folder_ / "closed", fs::perms(0700));
        fs::permissions(folder_ / "file", fs::perms(0600));
        for (const PathResolution resolution : kBothResolutions)
            CPPUNIT_ASSERT_EQUAL(
                std::string(), testing::run_in_child([&]() -> std::string {
                    if (auto fault = testing::become_nobody(); !fault.empty()) return fault;
                    auto opened = *open_folder_store(folder_.path(), false, resolution);
                    const Error errors[] = {opened->open("file", OpenMode::read).error(),
                                            opened->open("closed/file", OpenMode::read).error(),
                                            opened->open("new", OpenMode::create).error(),
                                            opened->list("closed", false).error(),
                                            opened->make_folders("a/b").error(),
                                            opened->remove("file").error(),
                                            opened->replace("new").error()};
                    for (const Error& error : errors)
                        if (error.code != ErrorCode::denied) return code_of(error);
                    return {};
                }));
        CPPUNIT_ASSERT(
            (folder_.names() == std::vector<std::string>{"closed", "closed/file", "file"}));
    }

    void a_listing_goes_on_behind_a_folder_that_may_not_be_read() {
        if (const auto reason = testing::reason_against_other_users())
            return testing::say_skipped(*reason);
        folder_.write("a/file", "");
        folder_.write("closed/file", "");
        folder_.write("z/file", "");
        fs::permissions(folder_.path(), fs::perms(0755));
        fs::permissions(folder_ / "closed", fs::perms(0700));
        CPPUNIT_ASSERT_EQUAL(
            std::string(), testing::run_in_child([&]() -> std::string {
                if (auto fault = testing::become_nobody(); !fault.empty()) return fault;
                auto opened = *open_folder_store(folder_.path(), false);
                auto listing = *opened->list("", true);
                std::size_t entries = 0;
                std::string refused;
                for (auto entry = listing->next(); !entry || *entry; entry = listing->next()) {
                    entries += entry.ok() ? 1 : 0;
                    if (!entry) refused += code_of(entry.error()) + ' ' + entry.error().context;
                }
                return entries == 5 && refused == "denied closed"
                           ? ""
                           : std::to_string(entries) + " entries, " + refused;
            }));
    }

    void opens_pipes_sockets_and_devices_without_waiting() {
        folder_.write("file", "");
        CPPUNIT_ASSERT_EQUAL(0, ::mkfifo((folder_ / "pipe").c_str(), 0600));
        CPPUNIT_ASSERT_EQUAL(0, ::mknod((folder_ / "socket").c_str(), S_IFSOCK | 0600, 0));
        auto opened = store(folder_.path());
        for (const char* path : {"pipe", "socket"})
            for (const OpenMode mode : {OpenMode::read, OpenMode::read_write})
                CPPUNIT_ASSERT(opened->open(path, mode).error().code == ErrorCode::unsupported);
        CPPUNIT_ASSERT(store("/dev")->open("zero", OpenMode::read).error().code ==
                       ErrorCode::unsupported);
    }

    void a_listing_of_ten_thousand_takes_no_memory_for_them() {
        const std::string filler(200, 'n');
        for (int i = 0; i < 10'000; ++i) folder_.write(filler + std::to_string(i), "");
        auto opened = store(folder_.path());
        const std::size_t before = ::mallinfo2().uordblks;
        auto listing = *opened->list("", true);
        std::size_t entries = 0, most = before;
        while (auto entry = *listing->next()) {
            most = std::max(most, static_cast<std::size_t>(::mallinfo2().uordblks));
            ++entries;
        }
        CPPUNIT_ASSERT_EQUAL(std::size_t{10'000}, entries);
        std::cout << " (" << (most - before) / 1024 << " KiB)";
        CPPUNIT_ASSERT(most - before < 128 * 1024);
    }

    void a_deep_listing_holds_a_bounded_number_of_descriptors() {
        auto opened = store(folder_.path());
        std::string deep = "d";
        for (int level = 1; level < 200; ++level) deep += "/d";
        CPPUNIT_ASSERT(opened->make_folders(deep).ok());
        const std::size_t before = open_descriptors();
        auto listing = *opened->list("", true);
        std::size_t most = 0;
        for (auto entry = listing->next(); !entry || *entry; entry = listing->next())
            most = std::max(most, open_descriptors() - before);
        CPPUNIT_ASSERT_EQUAL(FileStore::kMaxDepth, most);
    }

    void every_descriptor_is_closed_again() {
        folder_.write("a/b/file", "text");
        fs::create_symlink("../a/b", folder_ / "a/link");
        const std::size_t before = open_descriptors();
        for (const PathResolution resolution : kBothResolutions) {
            auto opened = store(folder_.path(), resolution);
            auto file = opened->open("a/link/file", OpenMode::read);
            auto missing = opened->open("a/link/none", OpenMode::read);
            auto replacement = opened->replace("a/b/new");
            auto listing = opened->list("", true);
            (void)(*listing)->next();
            (void)(*listing)->next();
            (void)opened->make_folders("x/y/z");
            (void)opened->status("a/link/file");
        }
        CPPUNIT_ASSERT_EQUAL(before, open_descriptors());
    }

    void makes_the_root_only_when_told() {
        const fs::path root = folder_ / "new/root";
        CPPUNIT_ASSERT(open_folder_store(root, false).error().code == ErrorCode::not_found);
        CPPUNIT_ASSERT(!fs::exists(folder_ / "new"));
        CPPUNIT_ASSERT(open_folder_store(root, true).ok());
        CPPUNIT_ASSERT(open_folder_store(root, true).ok());
        CPPUNIT_ASSERT(fs::is_directory(root));
    }

    void the_root_is_a_folder() {
        folder_.write("file", "");
        for (const bool make : {false, true}) {
            const auto opened = open_folder_store(folder_ / "file", make);
            CPPUNIT_ASSERT(!opened && opened.error().code == ErrorCode::usage);
            CPPUNIT_ASSERT_EQUAL((folder_ / "file").string(), opened.error().context);
        }
    }

    void the_root_may_be_a_link() {
        folder_.write("real/file", "");
        fs::create_directory_symlink(folder_ / "real", folder_ / "link");
        CPPUNIT_ASSERT(store(folder_ / "link")->status("file").ok());
    }

    void a_moved_root_stays_the_root() {
        folder_.write("root/file", "");
        auto opened = store(folder_ / "root");
        fs::rename(folder_ / "root", folder_ / "moved");
        CPPUNIT_ASSERT(opened->open("new", OpenMode::create).ok());
        CPPUNIT_ASSERT(fs::exists(folder_ / "moved/new"));
    }

    void a_killed_writer_leaves_one_clearly_named_file() {
        const std::string fault = testing::run_in_child([&]() -> std::string {
            auto opened = *open_folder_store(folder_.path(), false);
            auto replacement = *opened->replace("photo.jpg");
            ::_exit(0);
        });
        CPPUNIT_ASSERT_EQUAL(std::string(), fault);
        const auto names = folder_.names();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, names.size());
        CPPUNIT_ASSERT(names[0].starts_with(".photo.jpg.gantry-") && names[0].ends_with(".part"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(FolderMachineTest);

}  // namespace
}  // namespace gantry::host
