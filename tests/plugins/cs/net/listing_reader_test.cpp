#include <cppunit/extensions/HelperMacros.h>
#include <cs/net/limits.h>
#include <cs/net/listing_reader.h>
#include <gantry/testing/memory_store.h>

using namespace gantry;
using namespace gantry::cs;
using gantry::testing::MemoryStore;

class ListingReaderTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ListingReaderTest);
    CPPUNIT_TEST(a_glob_is_matched_against_the_name_or_the_path);
    CPPUNIT_TEST(tells_one_type_alone);
    CPPUNIT_TEST(a_glob_filters_a_file_that_lists_itself);
    CPPUNIT_TEST(a_step_ends_when_nothing_fits_for_long);
    CPPUNIT_TEST(refuses_a_pattern_that_makes_no_sense);
    CPPUNIT_TEST(pages_go_on_over_changes);
    CPPUNIT_TEST(a_page_of_a_recursive_listing_goes_on_below_a_folder);
    CPPUNIT_TEST(refuses_a_cursor_that_is_not_its_own);
    CPPUNIT_TEST_SUITE_END();

    MemoryStore files_;
    ListingEnd end_;

    std::string list(const ListingRequest& request) {
        auto store = files_.store_at("");
        auto reader = open_listing(*store, request).value();
        std::string out;
        while (!reader->complete()) {
            const auto step = reader->read_step().value();
            CPPUNIT_ASSERT(step.size() <= limits::kEntriesPerStep);
            for (const auto& entry : step) out += entry.name + " ";
        }
        end_ = reader->end();
        return out;
    }
    ErrorCode refusal(const ListingRequest& request) {
        auto store = files_.store_at("");
        return open_listing(*store, request).error().code;
    }

  public:
    void setUp() override {
        for (const auto* name : {"a.txt", "b.jpg", "sub/c.txt", "sub/deep/d.txt"})
            files_.write_file(name, "x");
        files_.plant_link("link.txt", "a.txt");
    }
    void a_glob_is_matched_against_the_name_or_the_path() {
        CPPUNIT_ASSERT_EQUAL(std::string("a.txt link.txt "), list({"", false, "*.txt"}));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, end_.total);
        CPPUNIT_ASSERT_EQUAL(std::string("sub/c.txt "), list({"", true, "sub/*.txt"}));
        CPPUNIT_ASSERT_EQUAL(std::string("sub/c.txt sub/deep/d.txt "),
                             list({"", true, "sub/**/*.txt"}));
        CPPUNIT_ASSERT_EQUAL(std::string("c.txt "), list({"sub", false, "*.txt"}));
    }
    void tells_one_type_alone() {
        CPPUNIT_ASSERT_EQUAL(std::string("sub "), list({"", false, "", EntryType::folder}));
        CPPUNIT_ASSERT_EQUAL(std::string("link.txt "),
                             list({"", true, "*.txt", EntryType::symlink}));
    }
    void a_glob_filters_a_file_that_lists_itself() {
        CPPUNIT_ASSERT_EQUAL(std::string("c.txt "), list({"sub/c.txt", false, "*.txt"}));
        CPPUNIT_ASSERT_EQUAL(std::string(), list({"sub/c.txt", false, "*.jpg"}));
    }
    void a_step_ends_when_nothing_fits_for_long() {
        for (std::size_t i = 0; i < limits::kNamesPerStep; ++i)
            files_.write_file("n" + std::to_string(i), "");
        auto store = files_.store_at("");
        auto reader = open_listing(*store, {"", false, "nothing"}).value();
        CPPUNIT_ASSERT(reader->read_step().value().empty());
        CPPUNIT_ASSERT(!reader->complete());
    }
    void refuses_a_pattern_that_makes_no_sense() {
        CPPUNIT_ASSERT(refusal({"", false, "[a"}) == ErrorCode::usage);
    }
    void pages_go_on_over_changes() {
        ListingRequest request{"", false};
        request.count = 2;
        CPPUNIT_ASSERT_EQUAL(std::string("a.txt b.jpg "), list(request));
        files_.write_file("aa", "");
        files_.write_file("c", "");
        CPPUNIT_ASSERT(files_.remove("b.jpg"));
        request.cursor = end_.cursor;
        CPPUNIT_ASSERT_EQUAL(std::string("c link.txt "), list(request));
        request.cursor = end_.cursor;
        CPPUNIT_ASSERT_EQUAL(std::string("sub "), list(request));
        CPPUNIT_ASSERT_EQUAL(std::string(), end_.cursor);
    }
    void a_page_of_a_recursive_listing_goes_on_below_a_folder() {
        ListingRequest request{"", true};
        request.count = 5;
        CPPUNIT_ASSERT_EQUAL(std::string("a.txt b.jpg link.txt sub sub/c.txt "), list(request));
        request.cursor = end_.cursor;
        CPPUNIT_ASSERT_EQUAL(std::string("sub/deep sub/deep/d.txt "), list(request));
    }
    void refuses_a_cursor_that_is_not_its_own() {
        ListingRequest request{"", false};
        request.cursor = "\x07no";
        CPPUNIT_ASSERT(refusal(request) == ErrorCode::usage);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ListingReaderTest);
