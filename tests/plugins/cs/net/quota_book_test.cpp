#include "access_fixture.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace gantry;
using namespace gantry::cs;

// How much may lie beneath a folder, with several writing there.
class QuotaBookTest : public CppUnit::TestFixture, AccessFixture {
    CPPUNIT_TEST_SUITE(QuotaBookTest);
    CPPUNIT_TEST(counts_what_is_there_and_what_is_promised);
    CPPUNIT_TEST(a_file_that_is_replaced_counts_once);
    CPPUNIT_TEST(an_upload_that_fails_gives_its_room_back);
    CPPUNIT_TEST(a_file_grows_no_further_than_its_room);
    CPPUNIT_TEST(what_is_removed_makes_room_at_once);
    CPPUNIT_TEST(what_others_remove_makes_room_before_a_refusal);
    CPPUNIT_TEST(a_rename_into_the_folder_needs_room_there);
    CPPUNIT_TEST(a_rule_without_a_quota_counts_nothing);
    CPPUNIT_TEST(bytes_beneath_a_folder_are_those_of_its_files);
    CPPUNIT_TEST_SUITE_END();

    using enum AccessRight;

    void limit_to(std::uint64_t bytes) {
        CPPUNIT_ASSERT(files.make_folders("box") && files.make_folders("free"));
        rules.set({{"anyone", "box", {read, AccessRight::write, remove}, ByteCount(bytes)},
                   {"anyone", "free", {read, AccessRight::write, remove}, {}}});
    }
    static Result<std::unique_ptr<Replacement>> begin(FileStore& store, const std::string& path,
                                                      std::uint64_t size) {
        auto made = store.replace(path);
        if (!made) return made;
        if (auto room = (*made)->file().allocate(size); !room) return room.error();
        return made;
    }
    static Result<void> put(FileStore& store, const std::string& path, std::uint64_t size) {
        auto begun = begin(store, path, size);
        if (!begun) return begun.error();
        return (*begun)->commit(Overwrite::yes, Durability::now);
    }
    template <class T>
    static void full(const Result<T>& outcome) {
        CPPUNIT_ASSERT(!outcome.ok());
        CPPUNIT_ASSERT_EQUAL(std::string("no_space"),
                             std::string(error_name(outcome.error().code)));
    }
    template <class T>
    static void fits(const Result<T>& outcome) {
        CPPUNIT_ASSERT_MESSAGE(outcome ? "" : describe(outcome.error()), outcome.ok());
    }

  public:
    void counts_what_is_there_and_what_is_promised() {
        files.write_file("box/old", std::string(400, 'x'));
        limit_to(1000);
        auto store = as("");
        auto first = begin(store, "box/a", 300).value();
        full(begin(store, "box/b", 301));
        auto second = begin(store, "box/b", 300);
        fits(second);
        fits((*second)->commit(Overwrite::no, Durability::now));
        fits(first->commit(Overwrite::no, Durability::now));
        full(put(store, "box/c", 1));
        fits(put(store, "box/empty", 0));
    }
    void a_file_that_is_replaced_counts_once() {
        files.write_file("box/a", std::string(900, 'x'));
        limit_to(1000);
        auto store = as("");
        for (int i = 0; i < 5; ++i) fits(put(store, "box/a", 1000));
        full(put(store, "box/a", 1001));
        full(put(store, "box/b", 1));
        fits(put(store, "box/a", 10));
        fits(put(store, "box/b", 990));
    }
    void an_upload_that_fails_gives_its_room_back() {
        limit_to(1000);
        auto store = as("");
        for (int i = 0; i < 5; ++i) fits(begin(store, "box/a", 1000));  // and dropped
        fits(put(store, "box/a", 1000));
    }
    void a_file_grows_no_further_than_its_room() {
        limit_to(1000);
        auto store = as("");
        auto begun = begin(store, "box/a", 600).value();
        const auto bytes = as_bytes("abc");
        fits(begun->file().write_at(598, std::span(&bytes, 1)));
        fits(begun->file().write_at(997, std::span(&bytes, 1)));
        full(begun->file().write_at(998, std::span(&bytes, 1)));
        full(begun->file().truncate(1001));
    }
    void what_is_removed_makes_room_at_once() {
        files.write_file("box/a", std::string(1000, 'x'));
        limit_to(1000);
        auto store = as("");
        full(put(store, "box/b", 1000));
        fits(store.remove("box/a"));
        fits(put(store, "box/b", 1000));
        fits(store.rename("box/b", "free/b", Overwrite::no));
        fits(put(store, "box/c", 1000));
    }
    void what_others_remove_makes_room_before_a_refusal() {
        files.write_file("box/a", std::string(1000, 'x'));
        limit_to(1000);
        auto store = as("");
        full(put(store, "box/b", 10));
        fits(files.remove("box/a"));
        full(put(store, "box/b", 10));  // looked a moment ago
        clock.advance(std::chrono::milliseconds(1001));
        fits(put(store, "box/b", 10));
    }
    void a_rename_into_the_folder_needs_room_there() {
        limit_to(1000);
        files.write_file("free/large/a", std::string(700, 'x'));
        files.write_file("free/large/b", std::string(301, 'x'));
        files.write_file("free/small", std::string(1000, 'x'));
        CPPUNIT_ASSERT(files.make_folders("box"));
        auto store = as("");
        full(store.rename("free/large", "box/large", Overwrite::no));
        fits(store.rename("free/small", "box/small", Overwrite::no));
        full(put(store, "box/more", 1));
        fits(store.rename("box/small", "box/other", Overwrite::no));
    }
    void a_rule_without_a_quota_counts_nothing() {
        limit_to(0);
        auto store = as("");
        fits(put(store, "free/a", 100'000));
        full(put(store, "box/a", 1));
    }
    void bytes_beneath_a_folder_are_those_of_its_files() {
        files.write_file("box/a", "123");
        files.write_file("box/deep/b", "4567");
        files.plant_link("box/link", "a");
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{7}, bytes_beneath(files, "box").value());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{3}, bytes_beneath(files, "box/a").value());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{7}, bytes_beneath(files, "").value());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, bytes_beneath(files, "none").value());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(QuotaBookTest);
