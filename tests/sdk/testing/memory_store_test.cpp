#include <gantry/testing/memory_store.h>

#include <cppunit/extensions/HelperMacros.h>

#include <stdexcept>

namespace gantry::testing {
namespace {

// What a MemoryStore has beyond every store; the conformance suites have the rest.
class MemoryStoreTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(MemoryStoreTest);
    CPPUNIT_TEST(counts_the_bytes_it_holds);
    CPPUNIT_TEST(says_no_space_when_it_is_full);
    CPPUNIT_TEST(writes_the_part_that_has_room);
    CPPUNIT_TEST(a_full_store_keeps_no_part_of_a_replacement);
    CPPUNIT_TEST(a_removed_file_takes_room_while_it_is_open);
    CPPUNIT_TEST(refuses_to_read_what_is_not_readable);
    CPPUNIT_TEST(a_listing_goes_on_behind_an_unreadable_folder);
    CPPUNIT_TEST(a_store_on_a_folder_shares_its_files);
    CPPUNIT_TEST(what_it_handed_out_outlives_it);
    CPPUNIT_TEST(runs_repeat_themselves);
    CPPUNIT_TEST(hooks_throw_where_they_cannot_do_as_told);
    CPPUNIT_TEST_SUITE_END();

    static Result<void> write(File& file, std::uint64_t offset, std::string_view text) {
        const ByteView bytes = as_bytes(text);
        return file.write_at(offset, std::span(&bytes, 1));
    }
    static void no_space(const Result<void>& result) {
        CPPUNIT_ASSERT(!result && result.error().code == ErrorCode::no_space);
    }

    void counts_the_bytes_it_holds() {
        MemoryStore store(1000);
        store.write_file("a/b", "12345");
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{5}, store.used());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{995}, store.free_space()->value());
        store.write_file("a/b", "12");
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, store.used());
        CPPUNIT_ASSERT(store.remove("a/b").ok());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, store.used());
    }

    void says_no_space_when_it_is_full() {
        MemoryStore store(10);
        auto file = *store.open("file", OpenMode::create);
        no_space(file->allocate(11));
        no_space(file->truncate(11));
        CPPUNIT_ASSERT(file->allocate(10).ok());
        CPPUNIT_ASSERT(write(*file, 0, "0123456789").ok());
        no_space(write(*file, 10, "x"));
        CPPUNIT_ASSERT_EQUAL(std::string("0123456789"), store.read_file("file"));
    }

    void writes_the_part_that_has_room() {
        MemoryStore store(10);
        store.write_file("other", "1234");
        auto file = *store.open("file", OpenMode::create);
        no_space(write(*file, 0, "abcdefgh"));
        CPPUNIT_ASSERT_EQUAL(std::string("abcdef"), store.read_file("file"));
        CPPUNIT_ASSERT(write(*file, 0, "ABCDEF").ok());
    }

    void a_full_store_keeps_no_part_of_a_replacement() {
        MemoryStore store(10);
        auto replacement = *store.replace("file");
        no_space(write(replacement->file(), 0, "far too long"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, store.all_names().size());
        replacement.reset();
        CPPUNIT_ASSERT(store.all_names().empty());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, store.used());
    }

    void a_removed_file_takes_room_while_it_is_open() {
        MemoryStore store(10);
        store.write_file("file", "12345");
        auto file = *store.open("file", OpenMode::read);
        CPPUNIT_ASSERT(store.remove("file").ok());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{5}, store.used());
        file.reset();
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, store.used());
    }

    void refuses_to_read_what_is_not_readable() {
        MemoryStore store;
        store.write_file("folder/file", "secret");
        store.set_readable("folder/file", false);
        store.set_readable("folder", false);
        CPPUNIT_ASSERT(store.open("folder/file", OpenMode::read).error().code == ErrorCode::denied);
        CPPUNIT_ASSERT(store.list("folder", false).error().code == ErrorCode::denied);
        store.set_readable("folder/file", true);
        CPPUNIT_ASSERT(store.open("folder/file", OpenMode::read).ok());
    }

    void a_listing_goes_on_behind_an_unreadable_folder() {
        MemoryStore store;
        store.write_file("a/closed/file", "");
        store.write_file("b", "");
        store.set_readable("a/closed", false);
        auto listing = *store.list("", true);
        CPPUNIT_ASSERT_EQUAL(std::string("a"), (*listing->next())->name);
        CPPUNIT_ASSERT_EQUAL(std::string("a/closed"), (*listing->next())->name);
        const auto refusal = listing->next();
        CPPUNIT_ASSERT(!refusal && refusal.error().code == ErrorCode::denied);
        CPPUNIT_ASSERT_EQUAL(std::string("a/closed"), refusal.error().context);
        CPPUNIT_ASSERT_EQUAL(std::string("b"), (*listing->next())->name);
        CPPUNIT_ASSERT(!listing->next()->has_value());
    }

    void a_store_on_a_folder_shares_its_files() {
        MemoryStore store;
        store.write_file("folder/file", "shared");
        store.write_file("outside", "");
        store.plant_link("folder/up", "../outside");
        auto inner = store.store_at("folder");
        CPPUNIT_ASSERT_EQUAL(std::string("shared"), inner->read_file("file"));
        inner->write_file("new", "");
        CPPUNIT_ASSERT(store.contains("folder/new"));
        CPPUNIT_ASSERT(store.open("folder/up", OpenMode::read).ok());
        CPPUNIT_ASSERT(inner->open("up", OpenMode::read).error().code == ErrorCode::denied);
    }

    void what_it_handed_out_outlives_it() {
        std::unique_ptr<Replacement> replacement;
        std::unique_ptr<Listing> listing;
        {
            MemoryStore store;
            store.write_file("file", "");
            replacement = *store.replace("new");
            listing = *store.list("", false);
        }
        CPPUNIT_ASSERT(write(replacement->file(), 0, "text").ok());
        CPPUNIT_ASSERT(replacement->commit(Overwrite::no, Durability::now).ok());
        CPPUNIT_ASSERT_EQUAL(std::string("file"), (*listing->next())->name);
    }

    void runs_repeat_themselves() {
        const auto run = [] {
            MemoryStore store;
            auto replacement = *store.replace("file");
            (void)write(replacement->file(), 0, "text");
            return std::pair(store.all_names(), *replacement->file().identity());
        };
        CPPUNIT_ASSERT(run() == run());
    }

    void hooks_throw_where_they_cannot_do_as_told() {
        MemoryStore store;
        store.write_file("folder/file", "");
        CPPUNIT_ASSERT_THROW((void)store.read_file("missing"), std::runtime_error);
        CPPUNIT_ASSERT_THROW(store.write_file("folder", ""), std::runtime_error);
        CPPUNIT_ASSERT_THROW(store.write_file("../x", ""), std::runtime_error);
        CPPUNIT_ASSERT_THROW((void)store.store_at("folder/file"), std::runtime_error);
        CPPUNIT_ASSERT_THROW(store.set_readable("missing", true), std::runtime_error);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MemoryStoreTest);

}  // namespace
}  // namespace gantry::testing
