#include <cppunit/extensions/HelperMacros.h>
#include <cs/core/catalogue_view.h>

using namespace gantry::cs;

class CatalogueViewTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CatalogueViewTest);
    CPPUNIT_TEST(shows_the_top_of_the_root);
    CPPUNIT_TEST(shows_all_files_below_a_folder);
    CPPUNIT_TEST(a_file_lists_itself_unless_a_folder_is_meant);
    CPPUNIT_TEST(tells_a_folder_once_over_several_parts);
    CPPUNIT_TEST(finds_nothing_where_nothing_is);
    CPPUNIT_TEST_SUITE_END();

    const std::vector<std::string> kAll{"a", "z", "sub/b", "sub/c", "sub/deep/d", "sub2/e"};

    std::string view(const std::string& path, bool recursive) {
        CatalogueView view({path, recursive});
        const auto entries = view.add(kAll);
        return text(entries) + (view.found() ? "" : "-");
    }
    static std::string text(const std::vector<ListingEntry>& entries) {
        std::string out;
        for (const auto& e : entries) out += e.name + (e.type == EntryType::folder ? "/ " : " ");
        return out;
    }

  public:
    void shows_the_top_of_the_root() {
        CPPUNIT_ASSERT_EQUAL(std::string("a z sub/ sub2/ "), view("", false));
    }
    void shows_all_files_below_a_folder() {
        CPPUNIT_ASSERT_EQUAL(std::string("b c deep/d "), view("sub", true));
        CPPUNIT_ASSERT_EQUAL(std::string("b c deep/ "), view("sub/", false));
        CPPUNIT_ASSERT_EQUAL(std::string("a z sub/b sub/c sub/deep/d sub2/e "), view("", true));
    }
    void a_file_lists_itself_unless_a_folder_is_meant() {
        CPPUNIT_ASSERT_EQUAL(std::string("b "), view("sub/b", false));
        CPPUNIT_ASSERT_EQUAL(std::string("-"), view("sub/b/", false));
    }
    void tells_a_folder_once_over_several_parts() {
        CatalogueView view({"", false});
        CPPUNIT_ASSERT_EQUAL(std::string("s/ "), text(view.add({"s/a", "s/b"})));
        CPPUNIT_ASSERT_EQUAL(std::string("t/ "), text(view.add({"s/c", "t/a"})));
        CPPUNIT_ASSERT_EQUAL(std::string("/etc/ "), text(view.add({"/etc/a"})));
    }
    void finds_nothing_where_nothing_is() {
        CPPUNIT_ASSERT_EQUAL(std::string("-"), view("su", true));
        CPPUNIT_ASSERT(CatalogueView({"", false}).found());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(CatalogueViewTest);
