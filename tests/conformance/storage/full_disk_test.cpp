#include <cppunit/extensions/HelperMacros.h>
#include <host/system/folder_store.h>
#include <support/child.h>
#include <support/temporary_folder.h>

#include <filesystem>
#include <functional>

namespace gantry::host {
namespace {

namespace fs = std::filesystem;
constexpr std::uint64_t kDisk = 1 << 20;

std::string verdict(const Result<void>& result, ErrorCode wanted) {
    if (result) return "it succeeded";
    if (result.error().code != wanted) return describe(result.error());
    return {};
}

Result<void> write_block(File& file, std::uint64_t offset, std::size_t size) {
    const std::string text(size, 'x');
    const ByteView bytes = as_bytes(text);
    return file.write_at(offset, std::span(&bytes, 1));
}

// Writes until the disk refuses.
Result<void> fill(File& file) {
    for (std::uint64_t offset = 0; offset < 4 * kDisk; offset += 65'536)
        if (auto written = write_block(file, offset, 65'536); !written) return written;
    return {};
}

// A folder store on a disk of 1 MiB, which a child process mounts for itself.
class FullDiskTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(FullDiskTest);
    CPPUNIT_TEST(allocation_of_too_much_is_no_space);
    CPPUNIT_TEST(allocation_of_far_too_much_in_memory_is_no_space);
    CPPUNIT_TEST(a_write_on_a_full_disk_is_no_space);
    CPPUNIT_TEST(a_replacement_that_did_not_fit_leaves_nothing);
    CPPUNIT_TEST(what_was_allocated_can_be_written_on_a_full_disk);
    CPPUNIT_TEST(free_space_shrinks_as_the_disk_fills);
    CPPUNIT_TEST(allocates_where_the_file_system_cannot_reserve);
    CPPUNIT_TEST_SUITE_END();

    testing::TemporaryFolder folder_;

    void on_disk(const std::string& type, const std::function<std::string(FileStore&)>& body) {
        if (const auto reason = testing::reason_against_mounts())
            return testing::say_skipped(*reason);
        CPPUNIT_ASSERT_EQUAL(
            std::string(), testing::run_in_child([&]() -> std::string {
                const std::string options = type == "tmpfs" ? "size=1m" : "";
                if (auto fault = testing::mount_privately(type, folder_.path(), options);
                    !fault.empty())
                    return fault;
                return body(**open_folder_store(folder_.path(), false));
            }));
    }
    void on_small_disk(const std::function<std::string(FileStore&)>& body) {
        on_disk("tmpfs", body);
    }

    void allocation_of_too_much_is_no_space() {
        on_small_disk([](FileStore& store) {
            auto file = *store.open("file", OpenMode::create);
            return verdict(file->allocate(kDisk + 1), ErrorCode::no_space);
        });
    }

    void allocation_of_far_too_much_in_memory_is_no_space() {
        on_small_disk([](FileStore& store) {
            auto file = *store.open("file", OpenMode::create);
            return verdict(file->allocate(64 * kDisk), ErrorCode::no_space);
        });
    }

    void a_write_on_a_full_disk_is_no_space() {
        on_small_disk([](FileStore& store) {
            auto file = *store.open("file", OpenMode::create);
            return verdict(fill(*file), ErrorCode::no_space);
        });
    }

    void a_replacement_that_did_not_fit_leaves_nothing() {
        on_small_disk([this](FileStore& store) -> std::string {
            auto replacement = *store.replace("file");
            if (auto fault = verdict(fill(replacement->file()), ErrorCode::no_space);
                !fault.empty())
                return fault;
            replacement.reset();
            if (!folder_.names().empty()) return "left " + folder_.names()[0];
            auto again = *store.replace("file");
            if (auto room = again->file().allocate(kDisk / 2); !room) return describe(room.error());
            return {};
        });
    }

    void what_was_allocated_can_be_written_on_a_full_disk() {
        on_small_disk([](FileStore& store) -> std::string {
            auto first = *store.open("first", OpenMode::create);
            auto second = *store.open("second", OpenMode::create);
            if (auto room = first->allocate(kDisk / 2); !room) return describe(room.error());
            if (auto fault = verdict(fill(*second), ErrorCode::no_space); !fault.empty())
                return fault;
            auto written = write_block(*first, 0, kDisk / 2);
            return written ? "" : describe(written.error());
        });
    }

    void free_space_shrinks_as_the_disk_fills() {
        on_small_disk([](FileStore& store) -> std::string {
            const std::uint64_t before = store.free_space()->value();
            auto file = *store.open("file", OpenMode::create);
            if (auto room = file->allocate(kDisk / 2); !room) return describe(room.error());
            const std::uint64_t taken = before - store.free_space()->value();
            return taken == kDisk / 2 ? "" : std::to_string(taken) + " bytes less";
        });
    }

    void allocates_where_the_file_system_cannot_reserve() {
        on_disk("ramfs", [](FileStore& store) -> std::string {
            auto file = *store.open("file", OpenMode::create);
            if (auto room = file->allocate(100'000); !room) return describe(room.error());
            if (auto room = file->allocate(50'000); !room) return describe(room.error());
            const std::uint64_t size = file->identity()->size;
            return size == 100'000 ? "" : std::to_string(size) + " bytes";
        });
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(FullDiskTest);

}  // namespace
}  // namespace gantry::host
