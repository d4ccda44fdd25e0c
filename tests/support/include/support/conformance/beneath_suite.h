#pragma once

#include <support/conformance/store_harness.h>

namespace gantry::testing::conformance {

// No path leads out of a FileStore, and links that stay inside are followed in every store alike.
template <class Harness>
class BeneathSuite : public StoreFixture<Harness> {
    CPPUNIT_TEST_SUITE(BeneathSuite<Harness>);
    CPPUNIT_TEST(refuses_dot_dot_anywhere);
    CPPUNIT_TEST(refuses_absolute_paths);
    CPPUNIT_TEST(refuses_links_that_leave_the_root);
    CPPUNIT_TEST(refuses_to_write_through_links_that_leave_the_root);
    CPPUNIT_TEST(follows_links_that_stay_inside);
    CPPUNIT_TEST(follows_links_that_climb_inside);
    CPPUNIT_TEST(follows_chains_of_links_up_to_a_limit);
    CPPUNIT_TEST(a_link_to_itself_is_refused);
    CPPUNIT_TEST(a_link_with_a_slash_at_its_end_means_a_folder);
    CPPUNIT_TEST(tells_a_final_link_as_a_link);
    CPPUNIT_TEST(works_beneath_linked_folders);
    CPPUNIT_TEST(goes_two_hundred_levels_deep);
    CPPUNIT_TEST(a_long_and_winding_link_is_followed_or_refused);
    CPPUNIT_TEST_SUITE_END();

    using Base = StoreFixture<Harness>;
    using Base::content;
    using Base::create;
    using Base::harness_;
    using Base::need;
    using Base::refused;
    using Base::same_names;
    using Base::store;

    // Every call of a store, on a path that it must refuse.
    void refused_everywhere(const std::string& path) {
        refused(ErrorCode::denied, store().open(path, OpenMode::read));
        refused(ErrorCode::denied, store().open(path, OpenMode::read_write));
        refused(ErrorCode::denied, store().open(path, OpenMode::create));
        refused(ErrorCode::denied, store().status(path));
        refused(ErrorCode::denied, store().list(path, true));
        refused(ErrorCode::denied, store().replace(path));
        refused(ErrorCode::denied, store().make_folders(path));
        refused(ErrorCode::denied, store().remove(path));
        refused(ErrorCode::denied, store().rename(path, "new", Overwrite::yes));
        refused(ErrorCode::denied, store().rename("file", path, Overwrite::yes));
    }

  public:
    void refuses_dot_dot_anywhere() {
        harness_.write_file("file", "kept");
        harness_.write_file("folder/inner", "");
        for (const char* path : {"..", "../", "../x", "folder/..", "folder/../file", "./../x",
                                 "folder/../../x", "folder//..//..//x", "folder/inner/.."})
            refused_everywhere(path);
        CPPUNIT_ASSERT_EQUAL(std::string("kept"), content("file"));
    }
    void refuses_absolute_paths() {
        harness_.write_file("file", "");
        for (const char* path : {"/", "//", "/file", "/etc/passwd", "//file", "/./file"})
            refused_everywhere(path);
    }
    void refuses_links_that_leave_the_root() {
        harness_.write_file("folder/file", "");
        const char* targets[] = {
            "/",      "/etc",           "/etc/passwd",        "..",
            "../",    "../../etc",      "folder/../..",       "folder/../../etc",
            "./../x", "../folder/file", "folder/../../folder"};
        int number = 0;
        for (const char* target : targets) {
            const std::string link = "link" + std::to_string(++number);
            harness_.plant_link(link, target);
            refused(ErrorCode::denied, store().open(link, OpenMode::read));
            refused(ErrorCode::denied, store().open(link + "/x", OpenMode::read));
            refused(ErrorCode::denied, store().status(link + "/x"));
            refused(ErrorCode::denied, store().list(link, false));
        }
    }
    void refuses_to_write_through_links_that_leave_the_root() {
        harness_.write_file("file", "");
        harness_.plant_link("up", "..");
        harness_.plant_link("slash", "/tmp");
        harness_.plant_link("hop", "up");
        for (const std::string path : {"up/x", "slash/x", "hop/x"}) refused_everywhere(path);
        same_names({"file", "hop", "slash", "up"});
    }
    void follows_links_that_stay_inside() {
        harness_.write_file("folder/file", "inside");
        harness_.plant_link("to_file", "folder/file");
        harness_.plant_link("to_folder", "./folder/.");
        harness_.plant_link("to_root", ".");
        harness_.plant_link("slashes", "folder///file");
        for (const char* path : {"to_file", "to_folder/file", "to_root/folder/file",
                                 "to_root/to_folder/file", "slashes"})
            CPPUNIT_ASSERT_EQUAL(std::string("inside"), content(path));
    }
    void follows_links_that_climb_inside() {
        harness_.write_file("a/b/c/file", "deep");
        harness_.write_file("top", "top");
        harness_.plant_link("a/b/up", "../../top");
        harness_.plant_link("a/b/c/around", "../../b/../b/c/file");
        harness_.plant_link("a/root", "..");
        CPPUNIT_ASSERT_EQUAL(std::string("top"), content("a/b/up"));
        CPPUNIT_ASSERT_EQUAL(std::string("deep"), content("a/b/c/around"));
        CPPUNIT_ASSERT_EQUAL(std::string("deep"), content("a/root/a/b/c/around"));
        // ".." is that of the folder where the link led to, not of the link's own.
        harness_.plant_link("short", "a/b/c");
        harness_.plant_link("via", "short/../c/file");
        CPPUNIT_ASSERT_EQUAL(std::string("deep"), content("via"));
    }
    void follows_chains_of_links_up_to_a_limit() {
        harness_.write_file("file", "end");
        std::string target = "file";
        for (int i = 1; i <= 60; ++i) {
            const std::string link = "link" + std::to_string(i);
            harness_.plant_link(link, target);
            target = link;
        }
        CPPUNIT_ASSERT_EQUAL(std::string("end"), content("link40"));
        refused(ErrorCode::denied, store().open("link41", OpenMode::read));
        refused(ErrorCode::denied, store().open("link60", OpenMode::read));
    }
    void a_link_to_itself_is_refused() {
        harness_.plant_link("loop", "loop");
        harness_.plant_link("one", "two");
        harness_.plant_link("two", "one");
        for (const char* path : {"loop", "one", "two", "loop/x"})
            refused(ErrorCode::denied, store().open(path, OpenMode::read));
        need(store().remove("loop"));
    }
    void a_link_with_a_slash_at_its_end_means_a_folder() {
        harness_.write_file("folder/file", "inside");
        harness_.plant_link("good", "folder/");
        harness_.plant_link("bad", "folder/file/");
        CPPUNIT_ASSERT_EQUAL(std::string("inside"), content("good/file"));
        refused(ErrorCode::not_found, store().open("bad", OpenMode::read));
    }
    void tells_a_final_link_as_a_link() {
        harness_.write_file("file", "");
        harness_.plant_link("inside", "file");
        harness_.plant_link("outside", "/etc/passwd");
        harness_.plant_link("gone", "nowhere");
        for (const char* path : {"inside", "outside", "gone"})
            CPPUNIT_ASSERT(need(store().status(path)).type == FileType::symlink);
    }
    void works_beneath_linked_folders() {
        harness_.write_file("real/file", "");
        harness_.plant_link("link", "real");
        create("link/new", "through");
        need(store().make_folders("link/a/b"));
        need(store().make_folders("link"));
        need(store().rename("link/new", "link/a/moved", Overwrite::no));
        need(store().remove("link/file"));
        same_names({"link", "real", "real/a", "real/a/b", "real/a/moved"});
    }
    void goes_two_hundred_levels_deep() {
        std::string path = "level";
        for (int i = 1; i < 200; ++i) path += "/level";
        need(store().make_folders(path));
        create(path + "/file", "deep");
        CPPUNIT_ASSERT_EQUAL(std::string("deep"), content(path + "/file"));
        need(store().rename(path + "/file", "file", Overwrite::no));
        need(store().remove(path));
    }
    void a_long_and_winding_link_is_followed_or_refused() {
        harness_.write_file("a/file", "inside");
        std::string winding;
        while (winding.size() < 2000) winding += "a/../";
        harness_.plant_link("inside", winding + "a/file");
        harness_.plant_link("outside", winding + "../a/file");
        CPPUNIT_ASSERT_EQUAL(std::string("inside"), content("inside"));
        refused(ErrorCode::denied, store().open("outside", OpenMode::read));
    }
};

}  // namespace gantry::testing::conformance
