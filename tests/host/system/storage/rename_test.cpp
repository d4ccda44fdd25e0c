#include <storage/rename.h>

#include <cppunit/extensions/HelperMacros.h>
#include <support/temporary_folder.h>

#include <fcntl.h>

namespace gantry::host::storage {
namespace {

// The way that file systems without RENAME_NOREPLACE go; the conformance suites have the other.
class RenameTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RenameTest);
    CPPUNIT_TEST(moves_a_file);
    CPPUNIT_TEST(replaces_nothing);
    CPPUNIT_TEST(moves_no_folder);
    CPPUNIT_TEST(moves_nothing_that_is_missing);
    CPPUNIT_TEST_SUITE_END();

    testing::TemporaryFolder folder_;

    Place place(const std::string& name) {
        Descriptor folder(::open(folder_.path().c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
        return {std::make_shared<const Descriptor>(std::move(folder)), name, name};
    }

    void moves_a_file() {
        folder_.write("old", "text");
        CPPUNIT_ASSERT(link_and_unlink(place("old"), place("new")).ok());
        CPPUNIT_ASSERT(folder_.names() == std::vector<std::string>{"new"});
        CPPUNIT_ASSERT_EQUAL(std::string("text"), folder_.read("new"));
    }

    void replaces_nothing() {
        folder_.write("old", "text");
        folder_.write("new", "kept");
        const auto moved = link_and_unlink(place("old"), place("new"));
        CPPUNIT_ASSERT(!moved && moved.error().code == ErrorCode::exists);
        CPPUNIT_ASSERT_EQUAL(std::string("kept"), folder_.read("new"));
        CPPUNIT_ASSERT_EQUAL(std::string("text"), folder_.read("old"));
    }

    void moves_no_folder() {
        folder_.write("old/file", "");
        const auto moved = link_and_unlink(place("old"), place("new"));
        CPPUNIT_ASSERT(!moved && moved.error().code == ErrorCode::unsupported);
        CPPUNIT_ASSERT((folder_.names() == std::vector<std::string>{"old", "old/file"}));
    }

    void moves_nothing_that_is_missing() {
        const auto moved = link_and_unlink(place("old"), place("new"));
        CPPUNIT_ASSERT(!moved && moved.error().code == ErrorCode::not_found);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RenameTest);

}  // namespace
}  // namespace gantry::host::storage
