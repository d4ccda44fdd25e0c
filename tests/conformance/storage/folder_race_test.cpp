#include "resolutions.h"

#include <cppunit/extensions/HelperMacros.h>
#include <support/temporary_folder.h>

#include <fcntl.h>
#include <stdio.h>

#include <atomic>
#include <filesystem>
#include <thread>

namespace gantry::host {
namespace {

namespace fs = std::filesystem;
constexpr int kOpens = 4000;

// Swaps two names again and again, on a thread of its own.
class Swapper {
  public:
    Swapper(fs::path first, fs::path second)
        : first_(std::move(first)), second_(std::move(second)), thread_([this] { run(); }) {}
    ~Swapper() {
        stop_ = true;
        thread_.join();
    }
    int swaps() const { return swaps_; }

  private:
    void run() {
        while (!stop_)
            if (::renameat2(AT_FDCWD, first_.c_str(), AT_FDCWD, second_.c_str(), RENAME_EXCHANGE) ==
                0)
                ++swaps_;
    }

    fs::path first_, second_;
    std::atomic<bool> stop_ = false;
    std::atomic<int> swaps_ = 0;
    std::thread thread_;
};

// A name in the root turns into a link that leads out, and back, while it is used.
class FolderRaceTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(FolderRaceTest);
    CPPUNIT_TEST(a_folder_that_turns_into_a_link_is_never_read_through);
    CPPUNIT_TEST(a_file_that_turns_into_a_link_is_never_read_through);
    CPPUNIT_TEST(a_folder_that_turns_into_a_link_is_never_written_through);
    CPPUNIT_TEST(a_folder_that_is_moved_out_takes_no_link_along);
    CPPUNIT_TEST(a_listing_never_walks_out);
    CPPUNIT_TEST_SUITE_END();

    testing::TemporaryFolder folder_;

    std::unique_ptr<FileStore> store(PathResolution resolution) {
        return *open_folder_store(folder_ / "root", true, resolution);
    }
    static std::string content(FileStore& store, const std::string& path) {
        auto file = store.open(path, OpenMode::read);
        if (!file) return {};
        std::string text(16, '\0');
        const ByteSpan into = std::as_writable_bytes(std::span(text));
        text.resize((*file)->read_at(0, std::span(&into, 1)).value_or(0));
        return text;
    }
    // Opens `path` until both faces were seen often enough, at least kOpens times.
    void attack(FileStore& store, const std::string& path, const Swapper& swapper) {
        int inside = 0;
        for (int i = 0; i < kOpens || swapper.swaps() < 100 || inside == 0; ++i) {
            const std::string text = content(store, path);
            CPPUNIT_ASSERT_MESSAGE(text, text != "outside");
            if (text == "inside") ++inside;
        }
    }

  public:
    void setUp() override {
        folder_.write("outside/file", "outside");
        folder_.write("root/folder/file", "inside");
    }

    void a_folder_that_turns_into_a_link_is_never_read_through() {
        fs::create_directory_symlink("../outside", folder_ / "root/link");
        for (const PathResolution resolution : kBothResolutions) {
            auto opened = store(resolution);
            const Swapper swapper(folder_ / "root/folder", folder_ / "root/link");
            attack(*opened, "folder/file", swapper);
        }
    }

    void a_file_that_turns_into_a_link_is_never_read_through() {
        fs::create_symlink("../../outside/file", folder_ / "root/folder/link");
        for (const PathResolution resolution : kBothResolutions) {
            auto opened = store(resolution);
            const Swapper swapper(folder_ / "root/folder/file", folder_ / "root/folder/link");
            attack(*opened, "folder/file", swapper);
        }
    }

    void a_folder_that_turns_into_a_link_is_never_written_through() {
        fs::create_directory_symlink("../outside", folder_ / "root/link");
        for (const PathResolution resolution : kBothResolutions) {
            auto opened = store(resolution);
            const Swapper swapper(folder_ / "root/folder", folder_ / "root/link");
            for (int i = 0; i < 500 || swapper.swaps() < 100; ++i) {
                (void)opened->open("folder/new", OpenMode::create);
                (void)opened->make_folders("folder/a/b");
                (void)opened->rename("folder/new", "folder/newer", Overwrite::yes);
                (void)opened->remove("folder/file");
                if (auto replacement = opened->replace("folder/made"))
                    (void)(*replacement)->commit(Overwrite::yes, Durability::now);
            }
        }
        CPPUNIT_ASSERT_EQUAL(std::string("outside"), folder_.read("outside/file"));
        for (const std::string& name : folder_.names())
            CPPUNIT_ASSERT_MESSAGE(name, !name.starts_with("outside/") || name == "outside/file");
    }

    // While the link "../file" is followed, its folder is elsewhere: what ".." of it was must
    // count.
    void a_folder_that_is_moved_out_takes_no_link_along() {
        folder_.write("root/file", "inside");
        folder_.write("root/folder/x", "");
        folder_.write("outside/folder/x", "");
        fs::create_symlink("../file", folder_ / "root/folder/up");
        fs::create_symlink("../file", folder_ / "outside/folder/up");
        for (const PathResolution resolution : kBothResolutions) {
            auto opened = store(resolution);
            const Swapper swapper(folder_ / "root/folder", folder_ / "outside/folder");
            attack(*opened, "folder/up", swapper);
        }
    }

    void a_listing_never_walks_out() {
        fs::create_directory_symlink("../outside", folder_ / "root/link");
        folder_.write("outside/secret", "");
        auto opened = store(PathResolution::best);
        const Swapper swapper(folder_ / "root/folder", folder_ / "root/link");
        for (int i = 0; i < 500 || swapper.swaps() < 100; ++i) {
            auto listing = *opened->list("", true);
            for (auto entry = listing->next(); !entry || *entry; entry = listing->next())
                CPPUNIT_ASSERT(!entry || !(*entry)->name.ends_with("secret"));
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(FolderRaceTest);

}  // namespace
}  // namespace gantry::host
