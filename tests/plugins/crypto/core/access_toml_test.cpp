#include <cppunit/extensions/HelperMacros.h>
#include <crypto/core/access_toml.h>

namespace gantry::crypto {
namespace {

using enum AccessRight;

class AccessTomlTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AccessTomlTest);
    CPPUNIT_TEST(reads_rules);
    CPPUNIT_TEST(an_empty_file_allows_nothing);
    CPPUNIT_TEST(a_fault_is_told_with_its_line);
    CPPUNIT_TEST(refuses_too_much);
    CPPUNIT_TEST_SUITE_END();

  public:
    void reads_rules() {
        const auto rules = parse_access_toml(R"(
[[rule]]
who = "psk:laptop"
may = ["read", "list", "write", "delete"]
quota = "2KiB"

[[rule]]
who = ["name:alice", "known"]
folder = "inbox"
may = ["list"]
quota = 100

[[rule]]
who = "anyone"
folder = "inbox/x"
may = []
)",
                                             "rules");
        CPPUNIT_ASSERT_MESSAGE(rules ? "" : describe(rules.error()), rules.ok());
        CPPUNIT_ASSERT_EQUAL(std::size_t{4}, rules->size());
        const auto* all = rules->deciding("psk:laptop", "");
        CPPUNIT_ASSERT(all->may == (AccessRights{read, list, write, remove}));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2048}, all->quota->value());
        CPPUNIT_ASSERT(rules->check("name:alice", list, "inbox").ok());
        CPPUNIT_ASSERT(rules->check("psk:other", list, "inbox").ok());
        CPPUNIT_ASSERT(!rules->check("psk:other", list, "inbox/x").ok());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{100},
                             rules->deciding("name:bob", "inbox")->quota->value());
    }
    void an_empty_file_allows_nothing() {
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, parse_access_toml("# nothing\n", "rules")->size());
    }
    void a_fault_is_told_with_its_line() {
        struct Case {
            const char* text;
            const char* context;
        };
        for (const auto& c : {
                 Case{"[[rule]]\nwho = \"known\"\nmay = [\"read\"", "rules:3"},
                 Case{"[[rule]]\nwho = \"known\"\nmay = [\"execute\"]", "rules:3"},
                 Case{"[[rule]]\nwho = \"known\"\nmay = \"read\"", "rules:3"},
                 Case{"[[rule]]\nwho = \"known\"\nmay = [1]", "rules:3"},
                 Case{"[[rule]]\nwho = 1\nmay = []", "rules:2"},
                 Case{"[[rule]]\nwho = []\nmay = []", "rules:1"},
                 Case{"[[rule]]\nwho = \"known\"", "rules:1"},
                 Case{"\n[[rule]]\nmay = []", "rules:2"},
                 Case{"[[rule]]\nwho = \"bob\"\nmay = []", "rules:1"},
                 Case{"[[rule]]\nwho = \"known\"\nmay = []\nfolder = 5", "rules:4"},
                 Case{"[[rule]]\nwho = \"known\"\nmay = []\nfolder = \"../a\"", "rules:1"},
                 Case{"[[rule]]\nwho = \"known\"\nmay = []\nquota = \"much\"", "rules:4"},
                 Case{"[[rule]]\nwho = \"known\"\nmay = []\nquota = -1", "rules:4"},
                 Case{"[[rule]]\nwho = \"known\"\nmay = []\nmany = 1", "rules:4"},
                 Case{
                     "[[rule]]\nwho = \"known\"\nmay = []\n\n[[rule]]\nwho = [\"known\"]\nmay = []",
                     "rules:5"},
                 Case{"rules = 1", "rules:1"},
                 Case{"[rule]\nwho = \"known\"\nmay = []", "rules:1"},
                 Case{"\nrule = [1]", "rules:2"},
             }) {
            const auto read = parse_access_toml(c.text, "rules");
            CPPUNIT_ASSERT_MESSAGE(c.text, !read.ok());
            CPPUNIT_ASSERT_MESSAGE(c.text, read.error().code == ErrorCode::usage);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(c.text, std::string(c.context), read.error().context);
        }
    }
    void refuses_too_much() {
        CPPUNIT_ASSERT(
            parse_access_toml(std::string(kMaxAccessBytes + 1, '\n'), "rules").error().code ==
            ErrorCode::limit);
        std::string who = "[[rule]]\nmay = []\nwho = [";
        for (std::size_t i = 0; i <= AccessRules::kMaxRules; ++i)
            who += "\"psk:" + std::to_string(i) + "\",";
        CPPUNIT_ASSERT(parse_access_toml(who + "]", "rules").error().code == ErrorCode::limit);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(AccessTomlTest);

}  // namespace
}  // namespace gantry::crypto
