#pragma once

#include <support/conformance/store_harness.h>

namespace gantry::testing::conformance {

// What every FileStore does with names: open, status, make, move, remove. BeneathSuite has the
// paths that try to leave the root.
template <class Harness>
class FileStoreSuite : public StoreFixture<Harness> {
    CPPUNIT_TEST_SUITE(FileStoreSuite<Harness>);
    CPPUNIT_TEST(creates_a_file_and_reads_it_again);
    CPPUNIT_TEST(creates_no_file_that_exists);
    CPPUNIT_TEST(creates_no_file_in_a_missing_folder);
    CPPUNIT_TEST(opens_no_file_that_is_missing);
    CPPUNIT_TEST(opens_no_folder_as_a_file);
    CPPUNIT_TEST(opens_no_special_file_and_does_not_hang);
    CPPUNIT_TEST(a_file_is_no_folder_on_the_way);
    CPPUNIT_TEST(drops_empty_and_dot_components);
    CPPUNIT_TEST(tells_the_status_of_files_and_folders);
    CPPUNIT_TEST(tells_the_status_of_the_root);
    CPPUNIT_TEST(the_status_of_a_file_is_the_open_files_identity);
    CPPUNIT_TEST(makes_folders_all_the_way);
    CPPUNIT_TEST(makes_no_folder_over_a_file);
    CPPUNIT_TEST(removes_files_links_and_empty_folders);
    CPPUNIT_TEST(removes_no_folder_that_holds_something);
    CPPUNIT_TEST(removes_nothing_that_is_missing);
    CPPUNIT_TEST(a_removed_file_can_be_read_while_it_is_open);
    CPPUNIT_TEST(renames_files_and_folders);
    CPPUNIT_TEST(renames_over_a_file_only_when_told);
    CPPUNIT_TEST(renames_nothing_onto_another_kind);
    CPPUNIT_TEST(renames_a_folder_onto_an_empty_one_only);
    CPPUNIT_TEST(renames_no_folder_into_itself);
    CPPUNIT_TEST(renaming_to_the_same_name_changes_nothing);
    CPPUNIT_TEST(the_root_itself_stays);
    CPPUNIT_TEST(tells_free_space);
    CPPUNIT_TEST(refuses_nul_and_over_long_names);
    CPPUNIT_TEST_SUITE_END();

    using Base = StoreFixture<Harness>;
    using Base::content;
    using Base::create;
    using Base::harness_;
    using Base::need;
    using Base::read;
    using Base::refused;
    using Base::same_names;
    using Base::store;

    FileType type_of(const std::string& path) { return need(store().status(path)).type; }

  public:
    void creates_a_file_and_reads_it_again() {
        create("new.txt", "fresh");
        CPPUNIT_ASSERT_EQUAL(std::string("fresh"), harness_.read_file("new.txt"));
        CPPUNIT_ASSERT_EQUAL(std::string("fresh"), content("new.txt"));
    }
    void creates_no_file_that_exists() {
        harness_.write_file("old.txt", "old");
        harness_.write_file("folder/file", "");
        harness_.plant_link("dangling", "nowhere");
        for (const char* path : {"old.txt", "folder", "dangling"})
            refused(ErrorCode::exists, store().open(path, OpenMode::create));
        CPPUNIT_ASSERT_EQUAL(std::string("old"), harness_.read_file("old.txt"));
        same_names({"dangling", "folder", "folder/file", "old.txt"});
    }
    void creates_no_file_in_a_missing_folder() {
        refused(ErrorCode::not_found, store().open("no/file", OpenMode::create));
    }
    void opens_no_file_that_is_missing() {
        refused(ErrorCode::not_found, store().open("missing", OpenMode::read));
        refused(ErrorCode::not_found, store().open("missing", OpenMode::read_write));
        same_names({});
    }
    void opens_no_folder_as_a_file() {
        need(store().make_folders("folder"));
        for (const char* path : {"folder", "", "."}) {
            refused(ErrorCode::usage, store().open(path, OpenMode::read));
            refused(ErrorCode::usage, store().open(path, OpenMode::read_write));
        }
    }
    void opens_no_special_file_and_does_not_hang() {
        harness_.plant_special("pipe");
        refused(ErrorCode::unsupported, store().open("pipe", OpenMode::read));
        refused(ErrorCode::unsupported, store().open("pipe", OpenMode::read_write));
        CPPUNIT_ASSERT(type_of("pipe") == FileType::other);
    }
    void a_file_is_no_folder_on_the_way() {
        harness_.write_file("file", "");
        refused(ErrorCode::not_found, store().open("file/inner", OpenMode::read));
        refused(ErrorCode::not_found, store().open("file/inner", OpenMode::create));
        refused(ErrorCode::not_found, store().status("file/inner"));
        refused(ErrorCode::not_found, store().remove("file/inner"));
    }
    void drops_empty_and_dot_components() {
        harness_.write_file("a/b/file", "here");
        CPPUNIT_ASSERT_EQUAL(std::string("here"), content("./a//b/./file"));
        CPPUNIT_ASSERT(type_of("a/b/") == FileType::folder);
    }
    void tells_the_status_of_files_and_folders() {
        harness_.write_file("folder/file", "12345");
        const FileStatus file = need(store().status("folder/file"));
        CPPUNIT_ASSERT(file.type == FileType::regular);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{5}, file.identity.size);
        CPPUNIT_ASSERT_EQUAL(0400U, file.permissions & 0400U);
        CPPUNIT_ASSERT_EQUAL(0U, file.permissions & ~0777U);
        CPPUNIT_ASSERT(type_of("folder") == FileType::folder);
        refused(ErrorCode::not_found, store().status("folder/none"));
    }
    void tells_the_status_of_the_root() {
        CPPUNIT_ASSERT(type_of("") == FileType::folder);
        CPPUNIT_ASSERT(type_of("./") == FileType::folder);
    }
    void the_status_of_a_file_is_the_open_files_identity() {
        harness_.write_file("file", "text");
        auto file = need(store().open("file", OpenMode::read));
        CPPUNIT_ASSERT(need(store().status("file")).identity == need(file->identity()));
    }
    void makes_folders_all_the_way() {
        need(store().make_folders("a/b/c"));
        need(store().make_folders("a/b/d"));
        need(store().make_folders("a/b/c"));
        need(store().make_folders(""));
        same_names({"a", "a/b", "a/b/c", "a/b/d"});
    }
    void makes_no_folder_over_a_file() {
        harness_.write_file("a/file", "");
        harness_.plant_link("dangling", "nowhere");
        refused(ErrorCode::exists, store().make_folders("a/file"));
        refused(ErrorCode::exists, store().make_folders("a/file/b"));
        refused(ErrorCode::exists, store().make_folders("dangling"));
    }
    void removes_files_links_and_empty_folders() {
        harness_.write_file("kept/file", "kept");
        harness_.write_file("file", "");
        harness_.plant_link("to_file", "kept/file");
        harness_.plant_link("to_folder", "kept");
        harness_.plant_special("pipe");
        need(store().make_folders("empty"));
        for (const char* path : {"file", "to_file", "to_folder", "pipe", "empty"})
            need(store().remove(path));
        same_names({"kept", "kept/file"});
    }
    void removes_no_folder_that_holds_something() {
        harness_.write_file("folder/file", "");
        refused(ErrorCode::exists, store().remove("folder"));
        same_names({"folder", "folder/file"});
    }
    void removes_nothing_that_is_missing() {
        refused(ErrorCode::not_found, store().remove("missing"));
        refused(ErrorCode::not_found, store().remove("no/folder"));
    }
    void a_removed_file_can_be_read_while_it_is_open() {
        harness_.write_file("file", "still here");
        auto file = need(store().open("file", OpenMode::read));
        need(store().remove("file"));
        CPPUNIT_ASSERT_EQUAL(std::string("still here"), read(*file, 0));
    }
    void renames_files_and_folders() {
        harness_.write_file("a/file", "moved");
        need(store().rename("a/file", "a/other", Overwrite::no));
        need(store().rename("a", "b", Overwrite::no));
        same_names({"b", "b/other"});
        CPPUNIT_ASSERT_EQUAL(std::string("moved"), content("b/other"));
        refused(ErrorCode::not_found, store().rename("a", "c", Overwrite::yes));
        refused(ErrorCode::not_found, store().rename("b", "no/where", Overwrite::yes));
    }
    void renames_over_a_file_only_when_told() {
        harness_.write_file("new", "new");
        harness_.write_file("old", "old");
        refused(ErrorCode::exists, store().rename("new", "old", Overwrite::no));
        CPPUNIT_ASSERT_EQUAL(std::string("old"), content("old"));
        need(store().rename("new", "old", Overwrite::yes));
        CPPUNIT_ASSERT_EQUAL(std::string("new"), content("old"));
        same_names({"old"});
    }
    void renames_nothing_onto_another_kind() {
        harness_.write_file("file", "");
        need(store().make_folders("folder"));
        refused(ErrorCode::exists, store().rename("file", "folder", Overwrite::yes));
        refused(ErrorCode::exists, store().rename("folder", "file", Overwrite::yes));
        same_names({"file", "folder"});
    }
    void renames_a_folder_onto_an_empty_one_only() {
        harness_.write_file("from/file", "");
        harness_.write_file("full/file", "");
        need(store().make_folders("empty"));
        refused(ErrorCode::exists, store().rename("from", "full", Overwrite::yes));
        refused(ErrorCode::exists, store().rename("from", "empty", Overwrite::no));
        need(store().rename("from", "empty", Overwrite::yes));
        same_names({"empty", "empty/file", "full", "full/file"});
    }
    void renames_no_folder_into_itself() {
        need(store().make_folders("a/b"));
        refused(ErrorCode::usage, store().rename("a", "a/b/c", Overwrite::no));
        refused(ErrorCode::usage, store().rename("a", "a/b/c", Overwrite::yes));
        same_names({"a", "a/b"});
    }
    void renaming_to_the_same_name_changes_nothing() {
        harness_.write_file("file", "same");
        need(store().rename("file", "file", Overwrite::yes));
        refused(ErrorCode::exists, store().rename("file", "file", Overwrite::no));
        CPPUNIT_ASSERT_EQUAL(std::string("same"), content("file"));
    }
    void the_root_itself_stays() {
        need(store().make_folders("folder"));
        for (const char* root : {"", ".", "./"}) {
            refused(ErrorCode::denied, store().remove(root));
            refused(ErrorCode::denied, store().rename(root, "other", Overwrite::yes));
            refused(ErrorCode::denied, store().rename("folder", root, Overwrite::yes));
            refused(ErrorCode::denied, store().replace(root));
        }
    }
    void tells_free_space() { CPPUNIT_ASSERT(need(store().free_space()).value() > 0); }
    void refuses_nul_and_over_long_names() {
        const std::string nul("a\0b", 3);
        const std::string component(FileStore::kMaxComponent + 1, 'n');
        std::string path = "x";
        while (path.size() <= FileStore::kMaxPath) path += "/x";
        for (const std::string& name : {nul, component, path}) {
            refused(ErrorCode::usage, store().open(name, OpenMode::read));
            refused(ErrorCode::usage, store().open(name, OpenMode::create));
            refused(ErrorCode::usage, store().status(name));
            refused(ErrorCode::usage, store().list(name, false));
            refused(ErrorCode::usage, store().replace(name));
            refused(ErrorCode::usage, store().make_folders(name));
            refused(ErrorCode::usage, store().remove(name));
            refused(ErrorCode::usage, store().rename(name, "y", Overwrite::yes));
            refused(ErrorCode::usage, store().rename("y", name, Overwrite::yes));
        }
        create(std::string(FileStore::kMaxComponent, 'n'), "as long as may be");
    }
};

}  // namespace gantry::testing::conformance
