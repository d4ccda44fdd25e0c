#include "access_fixture.h"

#include <cppunit/extensions/HelperMacros.h>
#include <gantry/storage/folder_watch.h>

using namespace gantry;
using namespace gantry::cs;

// Each call needs its right, at its path.
class GuardedStoreTest : public CppUnit::TestFixture, AccessFixture {
    CPPUNIT_TEST_SUITE(GuardedStoreTest);
    CPPUNIT_TEST(without_a_rule_nothing_works);
    CPPUNIT_TEST(each_call_needs_its_right_and_no_other);
    CPPUNIT_TEST(a_status_needs_any_right);
    CPPUNIT_TEST(a_listing_leaves_out_what_lies_in_closed_folders);
    CPPUNIT_TEST(a_watch_leaves_out_what_lies_in_closed_folders);
    CPPUNIT_TEST(a_rename_needs_both_rights_where_they_belong);
    CPPUNIT_TEST(a_rename_carries_nothing_out_of_a_closed_folder);
    CPPUNIT_TEST(a_rename_makes_nothing_readable_that_was_not);
    CPPUNIT_TEST(rules_that_change_hold_at_once_also_for_what_is_being_written);
    CPPUNIT_TEST(an_error_of_the_file_is_told_and_the_old_rules_hold);
    CPPUNIT_TEST(paths_that_lead_out_are_denied);
    CPPUNIT_TEST_SUITE_END();

    static constexpr auto read = AccessRight::read, list = AccessRight::list,
                          remove = AccessRight::remove, change = AccessRight::write;

    static std::string code(const Error& error) { return std::string(error_name(error.code)); }
    template <class T>
    static void denied(const Result<T>& outcome) {
        CPPUNIT_ASSERT(!outcome.ok());
        CPPUNIT_ASSERT_EQUAL(std::string("denied"), code(outcome.error()));
    }
    template <class T>
    static void allowed(const Result<T>& outcome) {
        CPPUNIT_ASSERT_MESSAGE(outcome ? "" : describe(outcome.error()), outcome.ok());
    }
    static Result<void> write(FileStore& store, const std::string& path, std::string_view text) {
        auto made = store.replace(path);
        if (!made) return made.error();
        const auto bytes = as_bytes(text);
        if (auto wrote = (*made)->file().write_at(0, std::span(&bytes, 1)); !wrote) return wrote;
        return (*made)->commit(Overwrite::yes, Durability::now);
    }
    static std::string names(FileStore& store, std::string_view folder) {
        auto listing = store.list(folder, true);
        allowed(listing);
        std::string all;
        while (auto entry = (*listing)->next().value()) all += entry->name + " ";
        return all;
    }

  public:
    void without_a_rule_nothing_works() {
        files.write_file("a", "x");
        auto store = as("psk:laptop");
        denied(store.open("a", OpenMode::read));
        denied(store.status("a"));
        denied(store.list("", false));
        denied(store.replace("a"));
        denied(store.make_folders("b"));
        denied(store.remove("a"));
        denied(store.rename("a", "b", Overwrite::no));
        denied(store.watch("", false));
    }
    void each_call_needs_its_right_and_no_other() {
        for (const auto right : {read, list, change, remove}) {
            files.write_file("a", "x");
            rules.set({{"psk:laptop", "", {right}, {}}});
            auto store = as("psk:laptop");
            CPPUNIT_ASSERT_EQUAL(right == read, store.open("a", OpenMode::read).ok());
            CPPUNIT_ASSERT_EQUAL(right == list, store.list("", true).ok());
            CPPUNIT_ASSERT_EQUAL(right == list, store.watch("", true).ok());
            CPPUNIT_ASSERT_EQUAL(right == change, write(store, "b", "y").ok());
            CPPUNIT_ASSERT_EQUAL(right == change, store.make_folders("c").ok());
            CPPUNIT_ASSERT_EQUAL(right == remove, store.remove("a").ok());
            denied(as("psk:other").status("a"));
        }
    }
    void a_status_needs_any_right() {
        files.write_file("a", "x");
        for (const auto right : {read, list, change, remove}) {
            rules.set({{"psk:laptop", "", {right}, {}}});
            allowed(as("psk:laptop").status("a"));
        }
    }
    void a_listing_leaves_out_what_lies_in_closed_folders() {
        for (const auto* name : {"a", "open/b", "closed/c", "closed/public/d", "open/deep/e"})
            files.write_file(name, "x");
        rules.set({{"anyone", "", {list}, {}},
                   {"anyone", "closed", {read}, {}},
                   {"anyone", "closed/public", {list}, {}}});
        auto store = as("");
        CPPUNIT_ASSERT_EQUAL(
            std::string("a closed closed/public/d open open/b open/deep open/deep/e "),
            names(store, ""));
        CPPUNIT_ASSERT_EQUAL(std::string("b deep deep/e "), names(store, "open"));
        denied(store.list("closed", false));
    }
    void a_watch_leaves_out_what_lies_in_closed_folders() {
        files.write_file("open/a", "x");
        files.write_file("closed/b", "x");
        rules.set({{"anyone", "", {list}, {}}, {"anyone", "closed", {}, {}}});
        auto store = as("");
        auto watch = store.watch("", true).value();
        files.write_file("closed/c", "x");
        files.write_file("open/d", "x");
        std::string seen;
        const auto changes = watch->take(100).value();
        for (const auto& one : changes) seen += one.name + " ";
        CPPUNIT_ASSERT(seen.find("open/d") != std::string::npos);
        CPPUNIT_ASSERT(seen.find("closed/c") == std::string::npos);
    }
    void a_rename_needs_both_rights_where_they_belong() {
        files.write_file("from/a", "x");
        CPPUNIT_ASSERT(files.make_folders("to"));
        rules.set({{"anyone", "from", {remove}, {}}, {"anyone", "to", {change}, {}}});
        denied(as("").rename("to/a", "from/a", Overwrite::no));
        denied(as("").rename("from/a", "from/b", Overwrite::no));
        allowed(as("").rename("from/a", "to/a", Overwrite::no));
        CPPUNIT_ASSERT(files.contains("to/a"));
    }
    void a_rename_carries_nothing_out_of_a_closed_folder() {
        files.write_file("top/secret/a", "x");
        const AccessRights all{read, list, change, remove};
        rules.set({{"anyone", "", all, {}}, {"anyone", "top/secret", {}, {}}});
        denied(as("").rename("top", "other", Overwrite::no));
        denied(as("").rename("top/secret", "other", Overwrite::no));
        // Nor does a folder come to lie around one that is closed.
        files.write_file("mine/secret/b", "x");
        denied(as("").rename("mine", "top", Overwrite::yes));
        allowed(as("").rename("mine", "yours", Overwrite::no));
    }
    void a_rename_makes_nothing_readable_that_was_not() {
        files.write_file("inbox/a", "x");
        files.write_file("inbox/b", "x");
        rules.set({{"anyone", "inbox", {change, remove}, {}},
                   {"anyone", "pub", {read, change}, {}},
                   {"anyone", "done", {change}, {}}});
        denied(as("").rename("inbox/a", "pub/a", Overwrite::no));
        CPPUNIT_ASSERT(files.make_folders("done"));
        allowed(as("").rename("inbox/a", "done/a", Overwrite::no));
    }
    void rules_that_change_hold_at_once_also_for_what_is_being_written() {
        files.write_file("a", "old");
        rules.set({{"anyone", "", {read, change}, {}}});
        auto store = as("");
        allowed(store.open("a", OpenMode::read));
        auto begun = store.replace("a").value();
        const auto bytes = as_bytes("new");
        allowed(begun->file().write_at(0, std::span(&bytes, 1)));
        rules.set({{"anyone", "", {read}, {}}});
        denied(begun->commit(Overwrite::yes, Durability::now));
        CPPUNIT_ASSERT_EQUAL(std::string("old"), files.read_file("a"));
        rules.set({});
        denied(store.open("a", OpenMode::read));
    }
    void an_error_of_the_file_is_told_and_the_old_rules_hold() {
        files.write_file("a", "x");
        rules.set({{"anyone", "", {read}, {}}});
        rules.fault = make_error(ErrorCode::usage, "access", "an unknown word", "rules:3");
        allowed(as("").open("a", OpenMode::read));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, told.size());
        CPPUNIT_ASSERT_EQUAL(std::string("rules:3"), told.front().context);
        allowed(as("").open("a", OpenMode::read));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, told.size());
        CPPUNIT_ASSERT(rules.refreshed >= 2);
    }
    void paths_that_lead_out_are_denied() {
        rules.set({{"anyone", "", {read, list, change, remove}, {}}});
        auto store = as("");
        denied(store.open("../a", OpenMode::read));
        denied(store.list("..", true));
        denied(store.rename("a", "../b", Overwrite::no));
        denied(store.rename("../a", "b", Overwrite::no));
        denied(store.watch("x/../..", true));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(GuardedStoreTest);
