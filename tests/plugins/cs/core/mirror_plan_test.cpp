#include <cppunit/extensions/HelperMacros.h>
#include <cs/core/mirror_plan.h>

using namespace gantry;
using namespace gantry::cs;

namespace {

ListingEntry there(EntryType type, std::string name, std::uint64_t size = 0,
                   std::int64_t modified = 0) {
    return {type, size, modified, std::move(name)};
}

std::string joined(const std::vector<std::string>& names) {
    std::string out;
    for (const auto& name : names) out += name + " ";
    return out;
}

std::string joined(const std::vector<MirrorFile>& files) {
    std::string out;
    for (const auto& file : files) out += file.path + " ";
    return out;
}

MirrorPlan plan(const std::vector<ListingEntry>& remote, const LocalTree& local,
                bool checksum = false) {
    return plan_mirror(remote, local, checksum).value();
}

constexpr auto kFile = EntryType::file;
constexpr auto kFolder = EntryType::folder;

}  // namespace

class MirrorPlanTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(MirrorPlanTest);
    CPPUNIT_TEST(copies_what_is_missing_or_other);
    CPPUNIT_TEST(a_side_that_keeps_seconds_alone_is_believed);
    CPPUNIT_TEST(with_checksums_files_of_one_size_are_compared);
    CPPUNIT_TEST(makes_folders_from_the_top);
    CPPUNIT_TEST(what_is_only_here_goes_from_the_bottom);
    CPPUNIT_TEST(something_of_another_kind_blocks_all_below_it);
    CPPUNIT_TEST(a_link_here_gives_way_to_a_file_and_to_no_folder);
    CPPUNIT_TEST(links_there_are_skipped_and_guard_what_is_below);
    CPPUNIT_TEST(a_name_that_is_told_twice_counts_once);
    CPPUNIT_TEST(believes_nothing_of_a_listing_that_leads_out);
    CPPUNIT_TEST_SUITE_END();

  public:
    void copies_what_is_missing_or_other() {
        const auto p =
            plan({there(kFile, "same", 1, 5), there(kFile, "size", 2, 5),
                  there(kFile, "time", 1, 6), there(kFile, "new", 1, 5)},
                 {{"same", {kFile, 1, 5}}, {"size", {kFile, 1, 5}}, {"time", {kFile, 1, 5}}});
        CPPUNIT_ASSERT_EQUAL(std::string("size time new "), joined(p.fetch));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, p.unchanged);
        CPPUNIT_ASSERT(p.extra.empty() && p.blocked.empty() && p.folders.empty());
    }
    void a_side_that_keeps_seconds_alone_is_believed() {
        const auto p =
            plan({there(kFile, "a", 1, 7'000'000'123), there(kFile, "b", 1, 8'000'000'000),
                  there(kFile, "c", 1, 7'000'000'123)},
                 {{"a", {kFile, 1, 7'000'000'000}},
                  {"b", {kFile, 1, 7'000'000'000}},
                  {"c", {kFile, 1, 7'000'000'122}}});
        CPPUNIT_ASSERT_EQUAL(std::string("b c "), joined(p.fetch));
    }
    void with_checksums_files_of_one_size_are_compared() {
        const auto p = plan(
            {there(kFile, "same", 1, 5), there(kFile, "size", 2, 5), there(kFile, "time", 1, 6)},
            {{"same", {kFile, 1, 5}}, {"size", {kFile, 1, 5}}, {"time", {kFile, 1, 5}}}, true);
        CPPUNIT_ASSERT_EQUAL(std::string("same time "), joined(p.compare));
        CPPUNIT_ASSERT_EQUAL(std::string("size "), joined(p.fetch));
    }
    void makes_folders_from_the_top() {
        const auto p = plan({there(kFolder, "a/b"), there(kFolder, "a.d"), there(kFolder, "a"),
                             there(kFolder, "here")},
                            {{"here", {kFolder, 0, 0}}});
        CPPUNIT_ASSERT_EQUAL(std::string("a a/b a.d "), joined(p.folders));
    }
    void what_is_only_here_goes_from_the_bottom() {
        const auto p = plan({there(kFolder, "keep")}, {{"keep", {kFolder, 0, 0}},
                                                       {"keep/x", {kFile, 1, 1}},
                                                       {"old", {kFolder, 0, 0}},
                                                       {"old/y", {kFile, 1, 1}},
                                                       {"old.txt", {EntryType::symlink, 0, 0}}});
        CPPUNIT_ASSERT_EQUAL(std::string("old.txt old/y old keep/x "), joined(p.extra));
    }
    void something_of_another_kind_blocks_all_below_it() {
        const auto p = plan({there(kFolder, "a"), there(kFile, "a/b", 1, 1), there(kFolder, "a/c"),
                             there(kFile, "f", 1, 1)},
                            {{"a", {kFile, 1, 1}}, {"f", {kFolder, 0, 0}}, {"f/x", {kFile, 1, 1}}});
        CPPUNIT_ASSERT_EQUAL(std::string("a a/b a/c f "), joined(p.blocked));
        CPPUNIT_ASSERT(p.fetch.empty() && p.folders.empty() && p.extra.empty());
    }
    void a_link_here_gives_way_to_a_file_and_to_no_folder() {
        const auto p = plan(
            {there(kFile, "file", 1, 1), there(kFolder, "folder"), there(kFile, "folder/x", 1, 1)},
            {{"file", {EntryType::symlink, 0, 0}}, {"folder", {EntryType::symlink, 0, 0}}});
        CPPUNIT_ASSERT_EQUAL(std::string("file "), joined(p.fetch));
        CPPUNIT_ASSERT_EQUAL(std::string("folder folder/x "), joined(p.blocked));
    }
    void links_there_are_skipped_and_guard_what_is_below() {
        const auto p = plan({there(EntryType::symlink, "a"), there(EntryType::other, "pipe")},
                            {{"a", {kFolder, 0, 0}}, {"a/x", {kFile, 1, 1}}});
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, p.skipped);
        CPPUNIT_ASSERT(p.extra.empty());
    }
    void a_name_that_is_told_twice_counts_once() {
        const auto p = plan({there(kFile, "a", 1, 1), there(kFile, "./a", 1, 1)}, {});
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, p.fetch.size());
    }
    void believes_nothing_of_a_listing_that_leads_out() {
        for (const auto* name : {"../a", "/etc/passwd", "a/../../b", "."})
            CPPUNIT_ASSERT(
                plan_mirror({there(kFile, "fine"), there(kFile, name)}, {}, false).error().code ==
                ErrorCode::denied);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(MirrorPlanTest);
