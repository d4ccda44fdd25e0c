#include "cs_hosts.h"

#include <cppunit/extensions/HelperMacros.h>
#include <cs/app/ls_command.h>

#include <algorithm>

using namespace gantry;
using namespace gantry::cs;

class LsCommandTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LsCommandTest);
    CPPUNIT_TEST(writes_a_line_for_each_entry);
    CPPUNIT_TEST(makes_names_harmless_for_a_terminal);
    CPPUNIT_TEST(formats_times_before_and_after_1970);
    CPPUNIT_TEST(lists_a_folder_by_name);
    CPPUNIT_TEST(lists_all_below_a_folder);
    CPPUNIT_TEST(tells_the_same_as_values);
    CPPUNIT_TEST(refuses_a_file_where_a_folder_is_meant);
    CPPUNIT_TEST(a_folder_that_cannot_be_read_makes_it_partial);
    CPPUNIT_TEST(a_missing_folder);
    CPPUNIT_TEST(lists_what_fits_a_pattern_and_a_type);
    CPPUNIT_TEST(goes_on_from_page_to_page);
    CPPUNIT_TEST(refuses_options_that_make_no_sense);
    CPPUNIT_TEST(ten_thousand_entries_are_sorted);
    CPPUNIT_TEST(more_are_written_as_they_come);
    CPPUNIT_TEST(more_are_a_streamed_array_of_the_result);
    CPPUNIT_TEST(ends_when_the_reader_of_a_long_listing_has_gone);
    CPPUNIT_TEST(a_long_listing_can_be_cancelled);
    CPPUNIT_TEST_SUITE_END();

    CsHosts hosts_;
    std::string url_;

  public:
    void setUp() override {
        hosts_.served().write_file("srv/b", "four");
        hosts_.served().write_file("srv/a/c", "");
        url_ = hosts_.serve();
    }
    void writes_a_line_for_each_entry() {
        const std::vector<ListingEntry> entries{{EntryType::file, 1234, 1704067200000000000, "a b"},
                                                {EntryType::folder, 0, 0, "sub"},
                                                {EntryType::symlink, 0, 0, "to"}};
        CPPUNIT_ASSERT_EQUAL(std::string("file            1234 2024-01-01T00:00:00Z a b\n"
                                         "folder             0 1970-01-01T00:00:00Z sub/\n"
                                         "link               0 1970-01-01T00:00:00Z to\n"),
                             format_listing(entries));
    }
    void makes_names_harmless_for_a_terminal() {
        const std::vector<ListingEntry> entries{{EntryType::other, 0, 0, "a\x1b[2Jb"}};
        CPPUNIT_ASSERT(format_listing(entries).ends_with(" a?[2Jb\n"));
    }
    void formats_times_before_and_after_1970() {
        CPPUNIT_ASSERT_EQUAL(std::string("1969-12-31T23:59:59Z"), format_time(-1));
        CPPUNIT_ASSERT_EQUAL(std::string("2262-04-11T23:47:16Z"),
                             format_time(std::numeric_limits<std::int64_t>::max()));
    }
    void lists_a_folder_by_name() {
        const auto result = hosts_.client.run("cs ls " + url_);
        assert_ok(result);
        CPPUNIT_ASSERT(result.out.starts_with("folder"));
        CPPUNIT_ASSERT(result.out.find(" a/\nfile") != std::string::npos);
        CPPUNIT_ASSERT(result.out.ends_with(" b\n"));
        hosts_.assert_clean_stop();
    }
    void lists_all_below_a_folder() {
        const auto result = hosts_.client.run("cs ls --recursive " + url_);
        CPPUNIT_ASSERT(result.out.find(" a/c\n") != std::string::npos);
    }
    void tells_the_same_as_values() {
        const auto value = hosts_.client.run("cs ls " + url_).value;
        const auto& entries = *value.find("entries")->as_array();
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, entries.size());
        CPPUNIT_ASSERT_EQUAL(std::string("folder"), text_of(entries[0], "type"));
        CPPUNIT_ASSERT_EQUAL(std::string("b"), text_of(entries[1], "name"));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{4}, number_of(entries[1], "size"));
    }
    void refuses_a_file_where_a_folder_is_meant() {
        assert_ok(hosts_.client.run("cs ls " + url_ + "b"));
        assert_failed(ErrorCode::usage, hosts_.client.run("cs ls " + url_ + "b/"));
    }
    void a_folder_that_cannot_be_read_makes_it_partial() {
        hosts_.served().set_readable("srv/a", false);
        const auto result = hosts_.client.run("cs ls -r " + url_);
        assert_failed(ErrorCode::partial, result);
        CPPUNIT_ASSERT(result.out.ends_with(" b\n"));
    }
    void lists_what_fits_a_pattern_and_a_type() {
        const auto named = hosts_.client.run("cs ls -r --glob '**/c' " + url_);
        assert_ok(named);
        CPPUNIT_ASSERT(named.out.ends_with(" a/c\n"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, named.value.find("entries")->as_array()->size());
        const auto typed = hosts_.client.run("cs ls --type folder " + url_);
        CPPUNIT_ASSERT(typed.out.starts_with("folder") && typed.out.ends_with(" a/\n"));
        assert_ok(hosts_.client.run("cs ls --type link " + url_));
    }
    void goes_on_from_page_to_page() {
        const auto first = hosts_.client.run("cs ls --count 1 " + url_);
        CPPUNIT_ASSERT(first.out.ends_with(" a/\n"));
        const auto cursor = text_of(first.value, "cursor");
        CPPUNIT_ASSERT_EQUAL("there is more: --after " + cursor + "\n", first.messages);
        const auto second = hosts_.client.run("cs ls --count 1 --after " + cursor + " " + url_);
        CPPUNIT_ASSERT(second.out.ends_with(" b\n"));
        CPPUNIT_ASSERT(second.value.find("cursor") == nullptr);
        hosts_.assert_clean_stop();
    }
    void refuses_options_that_make_no_sense() {
        for (const auto* options : {"--glob '[a'", "--count 0", "--after xyz", "--after 07aa",
                                    "--wire classic --glob x", "--wire classic --count 1"})
            assert_failed(ErrorCode::usage,
                          hosts_.client.run(std::string("cs ls ") + options + " " + url_));
    }
    void add_files(std::size_t count) {
        for (std::size_t i = 0; i < count; ++i)
            hosts_.served().write_file("srv/many/" + std::to_string(i), "");
    }
    void ten_thousand_entries_are_sorted() {
        add_files(ListingPrinter::kSorted);
        const auto result = hosts_.client.run("cs ls " + url_ + "many");
        assert_ok(result);
        CPPUNIT_ASSERT_EQUAL(std::string(), result.messages);
        CPPUNIT_ASSERT_EQUAL(ListingPrinter::kSorted,
                             result.value.find("entries")->as_array()->size());
        CPPUNIT_ASSERT(result.out.find(" 0\n") < result.out.find(" 1\n"));
        CPPUNIT_ASSERT(result.out.ends_with(" 9999\n"));
    }
    void more_are_written_as_they_come() {
        add_files(ListingPrinter::kSorted + 1000);
        const auto result = hosts_.client.run("cs ls " + url_ + "many");
        assert_ok(result);
        CPPUNIT_ASSERT(result.messages.starts_with("more than 10000 entries"));
        CPPUNIT_ASSERT_EQUAL(11000L, static_cast<long>(std::ranges::count(result.out, '\n')));
        CPPUNIT_ASSERT(result.value.find("entries") == nullptr);
        hosts_.assert_clean_stop();
    }
    void more_are_a_streamed_array_of_the_result() {
        add_files(ListingPrinter::kSorted + 1000);
        const auto result = hosts_.client.run("cs ls " + url_ + "many", {.json = true});
        assert_ok(result);
        const auto& entries = *result.value.find("entries")->as_array();
        CPPUNIT_ASSERT_EQUAL(std::size_t{11000}, entries.size());
        CPPUNIT_ASSERT_EQUAL(std::string("file"), text_of(entries[10999], "type"));
        CPPUNIT_ASSERT_EQUAL(std::string("/many"), text_of(result.value, "path"));
    }
    void ends_when_the_reader_of_a_long_listing_has_gone() {
        add_files(ListingPrinter::kSorted + 1000);
        testing::RunOptions options;
        options.reader_leaves_after = 10;
        assert_failed(ErrorCode::closed, hosts_.client.run("cs ls " + url_ + "many", options));
        hosts_.assert_clean_stop();
    }
    void a_long_listing_can_be_cancelled() {
        add_files(ListingPrinter::kSorted + 1000);
        auto command = hosts_.client.start("cs ls " + url_ + "many");
        const auto begun = [&] { return !command.result().out.empty() || command.finished(); };
        CPPUNIT_ASSERT(hosts_.world.clock().run_until(begun, std::chrono::minutes(1)));
        command.cancel();
        CPPUNIT_ASSERT(command.wait());
        assert_failed(ErrorCode::cancelled, command.result());
        hosts_.assert_clean_stop();
    }
    void a_missing_folder() {
        assert_failed(ErrorCode::not_found, hosts_.client.run("cs ls " + url_ + "none/"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(LsCommandTest);
