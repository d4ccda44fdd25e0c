#pragma once

#include <support/conformance/store_harness.h>

#include <atomic>
#include <thread>

namespace gantry::testing::conformance {

// What every Replacement does: the old content or the new under the name, and nothing left behind.
template <class Harness>
class ReplacementSuite : public StoreFixture<Harness> {
    CPPUNIT_TEST_SUITE(ReplacementSuite<Harness>);
    CPPUNIT_TEST(the_name_is_free_until_the_commit);
    CPPUNIT_TEST(has_its_name_at_once_also_when_it_shall_last_later);
    CPPUNIT_TEST(the_old_content_stands_until_the_commit);
    CPPUNIT_TEST(leaves_nothing_behind_when_it_is_dropped);
    CPPUNIT_TEST(takes_no_name_that_is_taken_unless_told);
    CPPUNIT_TEST(can_be_committed_after_a_refusal);
    CPPUNIT_TEST(is_committed_once);
    CPPUNIT_TEST(replaces_a_link_and_not_what_it_points_to);
    CPPUNIT_TEST(replaces_no_folder);
    CPPUNIT_TEST(needs_the_folder_above);
    CPPUNIT_TEST(a_folder_that_appears_meanwhile_stays);
    CPPUNIT_TEST(two_for_one_name_do_not_meet);
    CPPUNIT_TEST(takes_the_longest_name);
    CPPUNIT_TEST(its_file_can_be_used_after_the_commit);
    CPPUNIT_TEST(readers_see_the_old_or_the_new_never_a_part);
    CPPUNIT_TEST_SUITE_END();

    using Base = StoreFixture<Harness>;
    using Base::content;
    using Base::harness_;
    using Base::need;
    using Base::read;
    using Base::refused;
    using Base::same_names;
    using Base::store;
    using Base::write;

    std::unique_ptr<Replacement> start(const std::string& path, std::string_view text) {
        auto replacement = need(store().replace(path));
        need(write(replacement->file(), 0, text));
        return replacement;
    }

  public:
    void the_name_is_free_until_the_commit() {
        auto replacement = start("file", "new");
        refused(ErrorCode::not_found, store().status("file"));
        need(replacement->commit(Overwrite::no, Durability::now));
        CPPUNIT_ASSERT_EQUAL(std::string("new"), content("file"));
        replacement.reset();
        same_names({"file"});
    }
    void has_its_name_at_once_also_when_it_shall_last_later() {
        need(start("file", "new")->commit(Overwrite::no, Durability::later));
        CPPUNIT_ASSERT_EQUAL(std::string("new"), content("file"));
        need(store().sync());
        same_names({"file"});
    }
    void the_old_content_stands_until_the_commit() {
        harness_.write_file("folder/file", "old");
        auto replacement = start("folder/file", "new");
        auto reader = need(store().open("folder/file", OpenMode::read));
        CPPUNIT_ASSERT_EQUAL(std::string("old"), content("folder/file"));
        need(replacement->commit(Overwrite::yes, Durability::now));
        CPPUNIT_ASSERT_EQUAL(std::string("new"), content("folder/file"));
        CPPUNIT_ASSERT_EQUAL(std::string("old"), read(*reader, 0));
        same_names({"folder", "folder/file"});
    }
    void leaves_nothing_behind_when_it_is_dropped() {
        auto replacement = start("file", "new");
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, harness_.all_names().size());
        replacement.reset();
        same_names({});
    }
    void takes_no_name_that_is_taken_unless_told() {
        harness_.write_file("file", "old");
        harness_.plant_link("dangling", "nowhere");
        for (const char* name : {"file", "dangling"}) {
            auto replacement = start(name, "new");
            refused(ErrorCode::exists, replacement->commit(Overwrite::no, Durability::now));
        }
        CPPUNIT_ASSERT_EQUAL(std::string("old"), content("file"));
        same_names({"dangling", "file"});
    }
    void can_be_committed_after_a_refusal() {
        harness_.write_file("file", "old");
        auto replacement = start("file", "new");
        refused(ErrorCode::exists, replacement->commit(Overwrite::no, Durability::now));
        need(replacement->commit(Overwrite::yes, Durability::now));
        CPPUNIT_ASSERT_EQUAL(std::string("new"), content("file"));
        same_names({"file"});
    }
    void is_committed_once() {
        auto replacement = start("file", "new");
        need(replacement->commit(Overwrite::no, Durability::now));
        refused(ErrorCode::closed, replacement->commit(Overwrite::yes, Durability::now));
        CPPUNIT_ASSERT_EQUAL(std::string("new"), content("file"));
    }
    void replaces_a_link_and_not_what_it_points_to() {
        harness_.write_file("target", "untouched");
        harness_.plant_link("link", "target");
        need(start("link", "new")->commit(Overwrite::yes, Durability::now));
        CPPUNIT_ASSERT_EQUAL(std::string("untouched"), content("target"));
        CPPUNIT_ASSERT(need(store().status("link")).type == FileType::regular);
    }
    void replaces_no_folder() {
        need(store().make_folders("folder"));
        refused(ErrorCode::usage, store().replace("folder"));
        same_names({"folder"});
    }
    void needs_the_folder_above() {
        harness_.write_file("file", "");
        refused(ErrorCode::not_found, store().replace("no/file"));
        refused(ErrorCode::not_found, store().replace("file/inner"));
        same_names({"file"});
    }
    void a_folder_that_appears_meanwhile_stays() {
        auto replacement = start("name", "new");
        need(store().make_folders("name"));
        refused(ErrorCode::exists, replacement->commit(Overwrite::yes, Durability::now));
        refused(ErrorCode::exists, replacement->commit(Overwrite::no, Durability::now));
        replacement.reset();
        same_names({"name"});
    }
    void two_for_one_name_do_not_meet() {
        auto first = start("file", "first");
        auto second = start("file", "second");
        need(second->commit(Overwrite::no, Durability::now));
        refused(ErrorCode::exists, first->commit(Overwrite::no, Durability::now));
        CPPUNIT_ASSERT_EQUAL(std::string("second"), content("file"));
        need(first->commit(Overwrite::yes, Durability::now));
        CPPUNIT_ASSERT_EQUAL(std::string("first"), content("file"));
        same_names({"file"});
    }
    void takes_the_longest_name() {
        std::string name;  // of two-byte characters, so that a cut could fall inside one
        while (name.size() + 2 <= FileStore::kMaxComponent) name += "\xc3\xa9";
        need(start(name, "new")->commit(Overwrite::no, Durability::now));
        CPPUNIT_ASSERT_EQUAL(std::string("new"), content(name));
        same_names({name});
    }
    void its_file_can_be_used_after_the_commit() {
        auto replacement = start("file", "new");
        need(replacement->commit(Overwrite::no, Durability::now));
        need(write(replacement->file(), 3, "er"));
        CPPUNIT_ASSERT_EQUAL(std::string("newer"), content("file"));
        CPPUNIT_ASSERT(need(replacement->file().identity()) ==
                       need(store().status("file")).identity);
    }
    void readers_see_the_old_or_the_new_never_a_part() {
        constexpr std::size_t kSize = 20'000;
        harness_.write_file("file", std::string(kSize, 'a'));
        std::atomic<bool> stop = false;
        std::atomic<int> reads = 0, faults = 0;
        std::thread reader([&] {
            while (!stop) {
                auto file = store().open("file", OpenMode::read);
                std::string text(2 * kSize, '-');
                const ByteSpan into = std::as_writable_bytes(std::span(text));
                const auto count = file ? (*file)->read_at(0, std::span(&into, 1)) : 0;
                const bool whole =
                    count.ok() && *count == kSize && text.find_first_not_of(text[0]) == kSize;
                if (!whole) ++faults;
                ++reads;
            }
        });
        for (int round = 1; round <= 25 || reads < 25; ++round) {
            const auto letter = static_cast<char>('a' + round % 26);
            auto made =
                start("file", std::string(kSize, letter))->commit(Overwrite::yes, Durability::now);
            if (!made) ++faults;
        }
        stop = true;
        reader.join();
        CPPUNIT_ASSERT_EQUAL(0, faults.load());
    }
};

}  // namespace gantry::testing::conformance
