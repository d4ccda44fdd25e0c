#pragma once

#include <gantry/storage/folder_watch.h>
#include <support/conformance/store_harness.h>

namespace gantry::testing::conformance {

// What every watch of a folder tells. Who waits for it is tested beside each loop.
template <class Harness>
class FolderWatchSuite : public StoreFixture<Harness> {
    CPPUNIT_TEST_SUITE(FolderWatchSuite<Harness>);
    CPPUNIT_TEST(tells_nothing_while_nothing_changes);
    CPPUNIT_TEST(tells_a_file_that_came_changed_and_went);
    CPPUNIT_TEST(a_replacement_shows_under_its_last_name_alone);
    CPPUNIT_TEST(a_move_is_a_removal_and_a_creation);
    CPPUNIT_TEST(tells_what_is_below_when_it_was_asked_for);
    CPPUNIT_TEST(watches_a_folder_that_came_later);
    CPPUNIT_TEST(forgets_a_folder_that_was_moved_away);
    CPPUNIT_TEST(tells_no_more_at_once_than_was_asked_for);
    CPPUNIT_TEST(follows_no_link);
    CPPUNIT_TEST(outlives_the_word_of_its_store);
    CPPUNIT_TEST(refuses_what_is_no_folder);
    CPPUNIT_TEST_SUITE_END();

    using Base = StoreFixture<Harness>;
    using Base::create;
    using Base::harness_;
    using Base::need;
    using Base::refused;
    using Base::store;
    using Base::write;

    std::unique_ptr<FolderWatch> watch(const std::string& path, bool recursive = false) {
        return need(store().watch(path, recursive));
    }
    static char sign(ChangeKind kind) { return "+~-!"[static_cast<int>(kind)]; }
    // "+a ~a -a": each change once, as the same one in a row says no more.
    static std::string told(FolderWatch& watch) {
        std::string all;
        for (bool more = true; more;) {
            const auto changes = need(watch.take(100));
            more = !changes.empty();
            for (const auto& change : changes) {
                const auto text = sign(change.kind) + change.name + ' ';
                if (!all.ends_with(text)) all += text;
            }
        }
        return all;
    }
    static bool has(const std::string& all, const std::string& text) {
        return (' ' + all).find(' ' + text + ' ') != std::string::npos;
    }

  public:
    void setUp() override { need(store().make_folders("top/sub")); }

    void tells_nothing_while_nothing_changes() {
        harness_.write_file("top/a", "text");
        auto top = watch("top", true);
        CPPUNIT_ASSERT_EQUAL(std::string(), told(*top));
        need(store().status("top/a"));
        CPPUNIT_ASSERT_EQUAL(std::string(), told(*top));
    }
    void tells_a_file_that_came_changed_and_went() {
        auto top = watch("top");
        create("top/a", "text").reset();
        CPPUNIT_ASSERT(has(told(*top), "+a"));
        need(write(*need(store().open("top/a", OpenMode::read_write)), 0, "other text"));
        const auto changes = need(top->take(1));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, changes.size());
        CPPUNIT_ASSERT(changes[0].kind == ChangeKind::changed && changes[0].name == "a");
        CPPUNIT_ASSERT(changes[0].status.type == FileType::regular);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{10}, changes[0].status.identity.size);
        need(store().remove("top/a"));
        CPPUNIT_ASSERT(told(*top).ends_with("-a "));
    }
    void a_replacement_shows_under_its_last_name_alone() {
        auto top = watch("top");
        auto replacement = need(store().replace("top/a"));
        need(write(replacement->file(), 0, "text"));
        CPPUNIT_ASSERT_EQUAL(std::string(), told(*top));
        need(replacement->commit(Overwrite::no, Durability::now));
        CPPUNIT_ASSERT_EQUAL(std::string("+a "), told(*top));
    }
    void a_move_is_a_removal_and_a_creation() {
        harness_.write_file("top/a", "text");
        harness_.write_file("outside", "text");
        auto top = watch("top");
        need(store().rename("top/a", "top/b", Overwrite::no));
        CPPUNIT_ASSERT_EQUAL(std::string("-a +b "), told(*top));
        need(store().rename("top/b", "c", Overwrite::no));
        CPPUNIT_ASSERT_EQUAL(std::string("-b "), told(*top));
        need(store().rename("outside", "top/d", Overwrite::no));
        CPPUNIT_ASSERT_EQUAL(std::string("+d "), told(*top));
    }
    void tells_what_is_below_when_it_was_asked_for() {
        auto all = watch("", true);
        auto top = watch("top");
        harness_.write_file("top/sub/deep", "text");
        CPPUNIT_ASSERT(has(told(*all), "+top/sub/deep"));
        CPPUNIT_ASSERT(!has(told(*top), "+sub/deep"));
    }
    void watches_a_folder_that_came_later() {
        auto top = watch("top", true);
        harness_.write_file("top/new/er/a", "text");
        const auto first = told(*top);
        CPPUNIT_ASSERT_MESSAGE(first, has(first, "+new") && has(first, "+new/er"));
        CPPUNIT_ASSERT_MESSAGE(first, has(first, "+new/er/a"));
        harness_.write_file("top/new/er/b", "text");
        CPPUNIT_ASSERT(has(told(*top), "+new/er/b"));
    }
    void forgets_a_folder_that_was_moved_away() {
        auto top = watch("top", true);
        need(store().rename("top/sub", "away", Overwrite::no));
        CPPUNIT_ASSERT(has(told(*top), "-sub"));
        harness_.write_file("away/a", "text");
        CPPUNIT_ASSERT_EQUAL(std::string(), told(*top));
    }
    void tells_no_more_at_once_than_was_asked_for() {
        auto top = watch("top");
        for (const auto* name : {"top/a", "top/b", "top/c"}) need(store().make_folders(name));
        std::string all;
        for (int i = 0; i < 3; ++i) {
            const auto changes = need(top->take(1));
            CPPUNIT_ASSERT_EQUAL(std::size_t{1}, changes.size());
            all += changes[0].name;
        }
        CPPUNIT_ASSERT_EQUAL(std::string("abc"), all);
    }
    void follows_no_link() {
        harness_.plant_link("top/link", "sub");
        need(store().make_folders("other"));
        auto top = watch("top", true);
        harness_.plant_link("top/late", "../other");
        CPPUNIT_ASSERT_EQUAL(std::string("+late "), told(*top));
        harness_.write_file("other/a", "text");
        CPPUNIT_ASSERT_EQUAL(std::string(), told(*top));
    }
    void outlives_the_word_of_its_store() {
        auto first = watch("top");
        first.reset();
        auto second = watch("top");
        need(store().make_folders("top/a"));
        CPPUNIT_ASSERT_EQUAL(std::string("+a "), told(*second));
    }
    void refuses_what_is_no_folder() {
        harness_.write_file("file", "text");
        refused(ErrorCode::usage, store().watch("file", false));
        refused(ErrorCode::not_found, store().watch("missing", true));
        refused(ErrorCode::denied, store().watch("../top", true));
    }
};

}  // namespace gantry::testing::conformance
