#pragma once

#include <support/conformance/store_harness.h>

#include <map>

namespace gantry::testing::conformance {

// What every Listing does.
template <class Harness>
class ListingSuite : public StoreFixture<Harness> {
    CPPUNIT_TEST_SUITE(ListingSuite<Harness>);
    CPPUNIT_TEST(lists_a_folder_with_the_status_of_each_entry);
    CPPUNIT_TEST(lists_the_root_and_an_empty_folder);
    CPPUNIT_TEST(stays_at_the_end);
    CPPUNIT_TEST(lists_all_beneath_a_folder_when_recursive);
    CPPUNIT_TEST(tells_a_folder_before_what_is_in_it);
    CPPUNIT_TEST(lists_links_and_never_follows_them);
    CPPUNIT_TEST(a_link_to_a_folder_can_itself_be_listed);
    CPPUNIT_TEST(lists_no_file_and_nothing_that_is_missing);
    CPPUNIT_TEST(hides_replacements_in_progress_and_nothing_else);
    CPPUNIT_TEST(says_limit_for_folders_too_deep_and_goes_on);
    CPPUNIT_TEST(skips_what_is_removed_meanwhile);
    CPPUNIT_TEST(lists_ten_thousand_entries);
    CPPUNIT_TEST(outlives_its_folder);
    CPPUNIT_TEST_SUITE_END();

    using Base = StoreFixture<Harness>;
    using Base::harness_;
    using Base::need;
    using Base::refused;
    using Base::store;
    using Listed = std::map<std::string, FileType>;

    struct Walked {
        Listed entries;
        std::vector<Error> errors;
    };
    Walked walk(const std::string& path, bool recursive) {
        Walked walked;
        auto listing = need(store().list(path, recursive));
        for (;;) {
            auto entry = listing->next();
            if (!entry) {
                walked.errors.push_back(entry.error());
                continue;
            }
            if (!*entry) return walked;
            const bool fresh = walked.entries.emplace((*entry)->name, (*entry)->status.type).second;
            CPPUNIT_ASSERT_MESSAGE((*entry)->name + " came twice", fresh);
        }
    }
    Listed list(const std::string& path, bool recursive) {
        const Walked walked = walk(path, recursive);
        if (!walked.errors.empty()) CPPUNIT_FAIL(describe(walked.errors[0]));
        return walked.entries;
    }

  public:
    void lists_a_folder_with_the_status_of_each_entry() {
        harness_.write_file("top/file", "12345");
        harness_.write_file("top/folder/inner", "");
        auto listing = need(store().list("top", false));
        std::map<std::string, FileStatus> found;
        while (auto entry = need(listing->next())) found[entry->name] = entry->status;
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, found.size());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{5}, found["file"].identity.size);
        CPPUNIT_ASSERT(found["file"].identity == need(store().status("top/file")).identity);
        CPPUNIT_ASSERT(found["folder"].type == FileType::folder);
    }
    void lists_the_root_and_an_empty_folder() {
        CPPUNIT_ASSERT(list("", false).empty());
        need(store().make_folders("empty"));
        CPPUNIT_ASSERT((list(".", false) == Listed{{"empty", FileType::folder}}));
        CPPUNIT_ASSERT(list("empty", true).empty());
    }
    void stays_at_the_end() {
        harness_.write_file("file", "");
        auto listing = need(store().list("", true));
        CPPUNIT_ASSERT(need(listing->next()).has_value());
        for (int i = 0; i < 3; ++i) CPPUNIT_ASSERT(!need(listing->next()).has_value());
    }
    void lists_all_beneath_a_folder_when_recursive() {
        for (const char* path : {"a/1", "a/b/2", "a/b/c/3", "a/d/4", "other/5"})
            harness_.write_file(path, "");
        const Listed expected{{"1", FileType::regular},     {"b", FileType::folder},
                              {"b/2", FileType::regular},   {"b/c", FileType::folder},
                              {"b/c/3", FileType::regular}, {"d", FileType::folder},
                              {"d/4", FileType::regular}};
        CPPUNIT_ASSERT(list("a", true) == expected);
    }
    void tells_a_folder_before_what_is_in_it() {
        for (const char* path : {"a/b/c", "a/d/e", "f/g/h"}) harness_.write_file(path, "");
        auto listing = need(store().list("", true));
        Listed before;
        while (auto entry = need(listing->next())) {
            const std::size_t slash = entry->name.rfind('/');
            if (slash != std::string::npos)
                CPPUNIT_ASSERT(before.count(entry->name.substr(0, slash)) == 1);
            before[entry->name] = entry->status.type;
        }
        CPPUNIT_ASSERT_EQUAL(std::size_t{8}, before.size());
    }
    void lists_links_and_never_follows_them() {
        harness_.write_file("folder/file", "");
        harness_.plant_link("folder/up", "..");
        harness_.plant_link("folder/self", ".");
        harness_.plant_link("folder/gone", "nowhere");
        harness_.plant_link("folder/out", "/");
        const Listed expected{{"file", FileType::regular},
                              {"gone", FileType::symlink},
                              {"out", FileType::symlink},
                              {"self", FileType::symlink},
                              {"up", FileType::symlink}};
        CPPUNIT_ASSERT(list("folder", true) == expected);
    }
    void a_link_to_a_folder_can_itself_be_listed() {
        harness_.write_file("folder/file", "");
        harness_.plant_link("link", "folder");
        CPPUNIT_ASSERT((list("link", false) == Listed{{"file", FileType::regular}}));
    }
    void lists_no_file_and_nothing_that_is_missing() {
        harness_.write_file("file", "");
        harness_.plant_special("pipe");
        refused(ErrorCode::usage, store().list("file", false));
        refused(ErrorCode::usage, store().list("pipe", false));
        refused(ErrorCode::not_found, store().list("missing", false));
        refused(ErrorCode::not_found, store().list("file/inner", false));
    }
    void hides_replacements_in_progress_and_nothing_else() {
        const char* names[] = {".hidden", ".gantry-abc123.part", "x.part", ".x.gantry-abc12.part",
                               ".x.gantry-ABC123.part"};
        for (const char* name : names) harness_.write_file(name, "");
        auto replacement = need(store().replace("file"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{6}, harness_.all_names().size());
        const Listed listed = list("", true);
        for (const char* name : names) CPPUNIT_ASSERT_EQUAL(std::size_t{1}, listed.count(name));
        CPPUNIT_ASSERT_EQUAL(std::size_t{5}, listed.size());
    }
    void says_limit_for_folders_too_deep_and_goes_on() {
        std::string deep = "d";
        for (int level = 1; level < 200; ++level) deep += "/d";
        need(store().make_folders(deep));
        harness_.write_file("d/zz", "");
        harness_.write_file("e/last", "");
        const Walked walked = walk("", true);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, walked.errors.size());
        CPPUNIT_ASSERT(walked.errors[0].code == ErrorCode::limit);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, walked.entries.count("d/zz"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, walked.entries.count("e/last"));
        // One level is the listed folder itself; its 128 levels show 128 folders called d.
        CPPUNIT_ASSERT_EQUAL(FileStore::kMaxDepth + 3, walked.entries.size());
    }
    void skips_what_is_removed_meanwhile() {
        harness_.write_file("folder/inner", "");
        auto listing = need(store().list("", true));
        CPPUNIT_ASSERT_EQUAL(std::string("folder"), need(listing->next())->name);
        need(store().remove("folder/inner"));
        need(store().remove("folder"));
        CPPUNIT_ASSERT(!need(listing->next()).has_value());
    }
    void lists_ten_thousand_entries() {
        constexpr std::size_t kEntries = 10'000;
        need(store().make_folders("big"));
        for (std::size_t i = 0; i < kEntries; ++i)
            need(store().open("big/entry" + std::to_string(i), OpenMode::create));
        CPPUNIT_ASSERT_EQUAL(kEntries, list("big", false).size());
    }
    void outlives_its_folder() {
        need(store().make_folders("folder"));
        auto listing = need(store().list("folder", true));
        need(store().remove("folder"));
        CPPUNIT_ASSERT(!need(listing->next()).has_value());
    }
};

}  // namespace gantry::testing::conformance
