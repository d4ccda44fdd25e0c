#include <cppunit/extensions/HelperMacros.h>
#include <cs/core/listing_page.h>

#include <algorithm>

using namespace gantry;
using namespace gantry::cs;

namespace {

ListingEntry page_entry(std::string name) { return {EntryType::file, 1, 2, std::move(name)}; }

ListingPage page_of(const std::vector<std::string>& names, const std::string& after,
                    std::uint64_t count) {
    ListingPage page(after, count);
    for (const auto& name : names) page.add(page_entry(name));
    return page;
}

std::string joined(ListingPage& page) {
    std::string out;
    for (const auto& entry : page.take(limits::kMaxPage)) out += entry.name + " ";
    return out;
}

}  // namespace

class ListingPageTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ListingPageTest);
    CPPUNIT_TEST(orders_a_folder_right_before_what_it_holds);
    CPPUNIT_TEST(takes_the_first_entries_behind_the_cursor);
    CPPUNIT_TEST(the_last_page_has_no_cursor);
    CPPUNIT_TEST(pages_together_tell_every_name_once);
    CPPUNIT_TEST(tells_a_name_once_that_came_twice);
    CPPUNIT_TEST(never_holds_more_than_its_limits);
    CPPUNIT_TEST(a_name_behind_one_that_was_left_out_stays_out);
    CPPUNIT_TEST(is_taken_in_parts);
    CPPUNIT_TEST(refuses_a_cursor_of_another_form);
    CPPUNIT_TEST_SUITE_END();

  public:
    void orders_a_folder_right_before_what_it_holds() {
        auto page = page_of({"a.txt", "a/b", "a", "a/b/c", "B", "a/b.d", "\xFF"}, "", 100);
        CPPUNIT_ASSERT_EQUAL(std::string("B a a/b a/b/c a/b.d a.txt \xFF "), joined(page));
    }
    void takes_the_first_entries_behind_the_cursor() {
        auto page = page_of({"e", "b", "d", "a", "c"}, "b", 2);
        CPPUNIT_ASSERT_EQUAL(make_cursor("d"), page.cursor());
        CPPUNIT_ASSERT_EQUAL(std::string("c d "), joined(page));
    }
    void the_last_page_has_no_cursor() {
        CPPUNIT_ASSERT_EQUAL(std::string(), page_of({"a", "b"}, "", 2).cursor());
        CPPUNIT_ASSERT_EQUAL(std::string(), page_of({"a", "b"}, "z", 2).cursor());
    }
    void pages_together_tell_every_name_once() {
        std::vector<std::string> names;
        for (int i = 0; i < 500; ++i) names.push_back("f" + std::to_string(i * 7919 % 500));
        auto sorted = names;
        std::sort(sorted.begin(), sorted.end(), path_before);
        std::vector<std::string> told;
        std::string after;
        for (bool more = true; more;) {
            auto page = page_of(names, after, 33);
            const auto cursor = page.cursor();
            for (auto& entry : page.take(100)) told.push_back(entry.name);
            more = !cursor.empty();
            if (more) after = read_cursor(cursor).value();
        }
        CPPUNIT_ASSERT(sorted == told);
    }
    void tells_a_name_once_that_came_twice() {
        auto page = page_of({"a", "b", "a", "b"}, "", 2);
        CPPUNIT_ASSERT_EQUAL(std::string(), page.cursor());
        CPPUNIT_ASSERT_EQUAL(std::string("a b "), joined(page));
    }
    void never_holds_more_than_its_limits() {
        ListingPage page("", ~std::uint64_t{0});
        for (std::uint64_t i = 0; i < limits::kMaxPage + 10; ++i)
            page.add(page_entry(std::to_string(i)));
        CPPUNIT_ASSERT_EQUAL(std::size_t{limits::kMaxPage}, page.take(~std::size_t{0}).size());
        ListingPage long_names("", 1000);
        for (int i = 0; i < 1000; ++i)
            long_names.add(page_entry(std::string(4000, 'n') + std::to_string(i)));
        const auto held = long_names.take(1000);
        CPPUNIT_ASSERT(held.size() * 4003 <= limits::kMaxPageNames);
        CPPUNIT_ASSERT(held.size() > 200);
    }
    // There would be room for the short one, but the next page begins behind the cursor.
    void a_name_behind_one_that_was_left_out_stays_out() {
        ListingPage page("", 1000);
        for (int i = 0; i < 300; ++i)
            page.add(page_entry("n" + std::to_string(100 + i) + std::string(4000, 'n')));
        page.add(page_entry("z"));
        const auto cursor = read_cursor(page.cursor()).value();
        for (const auto& entry : page.take(1000)) CPPUNIT_ASSERT(!path_before(cursor, entry.name));
    }
    void is_taken_in_parts() {
        auto page = page_of({"c", "b", "a"}, "", 3);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, page.take(2).size());
        CPPUNIT_ASSERT(!page.empty());
        CPPUNIT_ASSERT_EQUAL(std::string("c "), joined(page));
        CPPUNIT_ASSERT(page.empty());
    }
    void refuses_a_cursor_of_another_form() {
        CPPUNIT_ASSERT_EQUAL(std::string("a/b"), read_cursor(make_cursor("a/b")).value());
        CPPUNIT_ASSERT(read_cursor("\x02x").error().code == ErrorCode::usage);
        CPPUNIT_ASSERT(read_cursor("\x01").error().code == ErrorCode::usage);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ListingPageTest);
