#include "commands_fixture.h"

namespace gantry::testing {
namespace {

// Lists of digests beside coreutils: each reads what the other wrote, and judges alike.
class DigestListsTest : public CommandsFixture {
    CPPUNIT_TEST_SUITE(DigestListsTest);
    CPPUNIT_TEST(coreutils_check_what_it_prints);
    CPPUNIT_TEST(checks_what_coreutils_print);
    CPPUNIT_TEST(says_the_same_as_sha256sum);
    CPPUNIT_TEST(the_status_tells_what_failed);
    CPPUNIT_TEST_SUITE_END();

    void make_files() {
        home_.write("plain", pattern(100'000));
        home_.write("two words", "text");
        home_.write("line\nfeed \\ too", "text");
        home_.write("*star", "");
    }

  public:
    void coreutils_check_what_it_prints() {
        make_files();
        for (const auto* name : {"sha256", "sha1", "md5"})
            succeeded(run_line(std::string("$GANTRY crypto digest -a ") + name +
                               " plain 'two words' ./\\*star line* > list && " + name +
                               "sum --strict --check list"));
    }
    void checks_what_coreutils_print() {
        make_files();
        for (const auto* how : {"sha256sum", "sha256sum -b", "sha256sum --tag", "sha1sum --tag",
                                "md5sum", "openssl dgst -md5"})
            succeeded(run_line(std::string(how) + " plain 'two words' \\*star > list && "
                                                  "$GANTRY crypto digest --check --strict list"));
        succeeded(run_line("sha256sum line* > list && $GANTRY crypto digest -c list"));
        succeeded(run_line("sha1sum --tag line* > list && $GANTRY crypto digest -c list"));
    }
    void says_the_same_as_sha256sum() {
        make_files();
        succeeded(run_line("sha256sum plain 'two words' line* > list"));
        home_.write("plain", "changed");
        home_.write("list", home_.read("list") + "rubbish\n" + std::string(64, '0') + "  none\n");
        const auto ours = run_line("$GANTRY crypto digest --check list");
        const auto theirs = run_line("sha256sum --check list");
        CPPUNIT_ASSERT_EQUAL(theirs.out, ours.out);
        for (const auto* words :
             {"WARNING: 1 line is improperly formatted", "WARNING: 1 listed file could not be read",
              "WARNING: 1 computed checksum did NOT match"}) {
            CPPUNIT_ASSERT_MESSAGE(theirs.err, theirs.err.find(words) != std::string::npos);
            CPPUNIT_ASSERT_MESSAGE(ours.err, ours.err.find(words) != std::string::npos);
        }
        CPPUNIT_ASSERT(theirs.status != 0 && ours.status != 0);
    }
    void the_status_tells_what_failed() {
        home_.write("a", "text");
        succeeded(run_line("sha256sum a > list"));
        succeeded(run({"crypto", "digest", "--check", "list"}));
        home_.write("a", "other");
        ended(run({"crypto", "digest", "--check", "list"}), kIntegrity);
        std::filesystem::remove(home_ / "a");
        ended(run({"crypto", "digest", "--check", "list"}), kNotFound);
        failed(run({"crypto", "digest", "--check", "none"}), kNotFound, "none: no such file");
        ended(run({"crypto", "digest", "--check", "key"}), kIntegrity);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(DigestListsTest);

}  // namespace
}  // namespace gantry::testing
