#include <cppunit/extensions/HelperMacros.h>
#include <host/shell/history.h>
#include <host/shell/limits.h>
#include <support/temporary_folder.h>

#include <sys/stat.h>

using namespace gantry;
using namespace gantry::host;

class HistoryTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(HistoryTest);
    CPPUNIT_TEST(lines_that_may_hold_a_secret_are_not_kept);
    CPPUNIT_TEST(ordinary_lines_are_kept);
    CPPUNIT_TEST(the_file_is_private_and_its_folder_is_made);
    CPPUNIT_TEST(loads_the_last_lines_and_shortens_a_file_that_has_grown);
    CPPUNIT_TEST(two_shells_add_to_one_file);
    CPPUNIT_TEST(a_size_of_nothing_keeps_nothing);
    CPPUNIT_TEST_SUITE_END();

    testing::TemporaryFolder folder_;

  public:
    void lines_that_may_hold_a_secret_are_not_kept() {
        for (const char* line :
             {" cs ls", "\tcs ls", "", "x --password p", "x --password=p", "x --Passphrase p",
              "x --key=abc", "x --key abc", "x --api-key abc", "set token=1", "set my_secret=1",
              "set psk=1", "get ftp://me:pass@host/x", "a; b --key k", "x '--password' p"})
            CPPUNIT_ASSERT_MESSAGE(line, !may_be_kept(line));
        CPPUNIT_ASSERT(!may_be_kept(std::string(shell_limits::kHistoryLineBytes + 1, 'a')));
    }
    void ordinary_lines_are_kept() {
        for (const char* line : {"cs ls cs://h/", "x --key-file f", "help crypto keygen", "set a=1",
                                 "get ftp://me@host/x", "put monkey cs://h/", "echo password"})
            CPPUNIT_ASSERT_MESSAGE(line, may_be_kept(line));
    }
    void the_file_is_private_and_its_folder_is_made() {
        HistoryFile file(folder_ / "state/gantry/history", 10);
        CPPUNIT_ASSERT(file.load().empty());
        CPPUNIT_ASSERT(file.add("one"));
        CPPUNIT_ASSERT(!file.add("x --key=1"));
        struct stat status {};
        CPPUNIT_ASSERT_EQUAL(0, ::stat((folder_ / "state/gantry/history").c_str(), &status));
        CPPUNIT_ASSERT_EQUAL(0600U, status.st_mode & 0777U);
        CPPUNIT_ASSERT_EQUAL(std::string("one\n"), folder_.read("state/gantry/history"));
    }
    void loads_the_last_lines_and_shortens_a_file_that_has_grown() {
        folder_.write("h", "1\n2\n3\n4\n5\n");
        CPPUNIT_ASSERT((std::vector<std::string>{"4", "5"}) ==
                       HistoryFile(folder_ / "h", 2).load());
        CPPUNIT_ASSERT_EQUAL(std::string("4\n5\n"), folder_.read("h"));
        folder_.write("h", "1\n2\n3\n4\n");
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, HistoryFile(folder_ / "h", 2).load().size());
        CPPUNIT_ASSERT_EQUAL(std::string("1\n2\n3\n4\n"), folder_.read("h"));
    }
    void two_shells_add_to_one_file() {
        HistoryFile a(folder_ / "h", 10);
        HistoryFile b(folder_ / "h", 10);
        a.add("one");
        b.add("two");
        a.add("three");
        CPPUNIT_ASSERT_EQUAL(std::string("one\ntwo\nthree\n"), folder_.read("h"));
    }
    void a_size_of_nothing_keeps_nothing() {
        HistoryFile file(folder_ / "h", 0);
        CPPUNIT_ASSERT(file.add("one"));
        CPPUNIT_ASSERT(file.load().empty());
        CPPUNIT_ASSERT(folder_.names().empty());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(HistoryTest);
