#include <support/temporary_folder.h>

#include <cppunit/extensions/HelperMacros.h>

#include <system_error>

namespace gantry::testing {
namespace {

class TemporaryFolderTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(TemporaryFolderTest);
    CPPUNIT_TEST(reads_back_what_it_wrote);
    CPPUNIT_TEST(names_what_it_holds);
    CPPUNIT_TEST(takes_all_away_at_the_end);
    CPPUNIT_TEST_SUITE_END();

    void reads_back_what_it_wrote() {
        const TemporaryFolder folder;
        folder.write("a/b.txt", std::string_view("x\0y", 3));
        CPPUNIT_ASSERT_EQUAL(std::string("x\0y", 3), folder.read("a/b.txt"));
        CPPUNIT_ASSERT_THROW((void)folder.read("c.txt"), std::system_error);
    }

    void names_what_it_holds() {
        const TemporaryFolder folder;
        folder.write("b/.hidden", "");
        folder.write("a.txt", "");
        const std::vector<std::string> expected{"a.txt", "b", "b/.hidden"};
        CPPUNIT_ASSERT(folder.names() == expected);
    }

    void takes_all_away_at_the_end() {
        std::filesystem::path path;
        {
            const TemporaryFolder folder;
            path = folder.write("deep/er/file", "text");
            CPPUNIT_ASSERT(std::filesystem::exists(path));
        }
        CPPUNIT_ASSERT(!std::filesystem::exists(path.parent_path().parent_path().parent_path()));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(TemporaryFolderTest);

}  // namespace
}  // namespace gantry::testing
