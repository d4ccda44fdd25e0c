#include <gantry/access/access_rules.h>

#include <cppunit/extensions/HelperMacros.h>

namespace gantry {
namespace {

using enum AccessRight;

const std::string kPrint = "sha256:" + std::string(64, 'a');

struct Case {
    const char* identity;
    AccessRight right;
    const char* path;
    bool allowed;
};

class AccessRulesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AccessRulesTest);
    CPPUNIT_TEST(decides_as_the_table_says);
    CPPUNIT_TEST(without_rules_nothing_is_allowed);
    CPPUNIT_TEST(what_lies_beneath_can_be_less);
    CPPUNIT_TEST(a_quota_bounds_what_is_written);
    CPPUNIT_TEST(identities_have_one_form);
    CPPUNIT_TEST(rules_that_do_not_fit_are_named);
    CPPUNIT_TEST(names_of_rights_go_both_ways);
    CPPUNIT_TEST_SUITE_END();

    static AccessRules make(std::vector<AccessRule> rules) {
        auto made = AccessRules::make(std::move(rules));
        CPPUNIT_ASSERT_MESSAGE(made ? "" : describe(made.error()), made.ok());
        return std::move(*made);
    }
    static void expect_refused(std::vector<AccessRule> rules, const std::string& context) {
        const auto made = AccessRules::make(std::move(rules));
        CPPUNIT_ASSERT_MESSAGE(context, !made.ok());
        CPPUNIT_ASSERT(made.error().code == ErrorCode::usage);
        CPPUNIT_ASSERT_EQUAL(context, made.error().context);
    }

  public:
    void decides_as_the_table_says() {
        const auto rules = make({
            {"psk:laptop", "", {read, list, write, remove}, {}},
            {"psk:laptop", "frozen", {read, list}, {}},
            {"name:alice", "inbox/alice", {list, write}, {}},
            {"known", "inbox", {list}, {}},
            {"anyone", "public", {read, list}, {}},
            {"anyone", "public/secret", {}, {}},
            {"known", "public/secret", {read}, {}},
            {"psk:phone", "public/secret", {write}, {}},
        });
        const std::vector<Case> cases{
            {"psk:laptop", write, "a/b", true},
            {"psk:laptop", remove, "", true},
            {"psk:laptop", read, "frozen/x", true},
            {"psk:laptop", write, "frozen/x", false},  // the deeper rule takes away
            {"psk:laptop", write, "frozen", false},
            {"psk:laptop", write, "frozenish", true},  // whole components
            {"psk:laptop", read, "inbox/x", false},    // deeper beats named
            {"name:alice", write, "inbox/alice/f", true},
            {"name:alice", read, "inbox/alice/f", false},
            {"name:alice", list, "inbox/bob", true},
            {"name:alice", write, "inbox/bob", false},
            {"name:alice", read, "other", false},
            {"name:bob", list, "inbox", true},
            {"", list, "inbox", false},
            {"", read, "public/a", true},
            {"", list, "public", true},
            {"", write, "public/a", false},
            {"", read, "public/secret/a", false},
            {"name:bob", read, "public/secret/a", true},    // known before anyone
            {"psk:phone", read, "public/secret/a", false},  // named before known
            {"psk:phone", write, "public/secret/a", true},
            {"", read, "public/../inbox/x", false},
            {"psk:laptop", read, "../x", false},
            {"psk:laptop", write, "./frozen//x", false},
            {"", read, "./public//a", true},
            {"known", list, "inbox", false},  // no peer is called so
            {"anyone", read, "other", false},
            {"psk:laptop2", read, "a", false},
        };
        for (const auto& c : cases) {
            const auto checked = rules.check(c.identity, c.right, c.path);
            const auto words = std::string(c.identity) + " " +
                               std::string(access_right_name(c.right)) + " " + c.path;
            CPPUNIT_ASSERT_EQUAL_MESSAGE(words, c.allowed, checked.ok());
            if (!checked) CPPUNIT_ASSERT(checked.error().code == ErrorCode::denied);
        }
    }
    void without_rules_nothing_is_allowed() {
        const AccessRules none;
        for (const auto right : {read, list, write, remove})
            CPPUNIT_ASSERT(!none.check("psk:laptop", right, "").ok());
        CPPUNIT_ASSERT(none.deciding("psk:laptop", "a") == nullptr);
    }
    void what_lies_beneath_can_be_less() {
        const auto rules = make({{"anyone", "", {read, list}, {}},
                                 {"anyone", "a/b", {list}, {}},
                                 {"psk:laptop", "a/b/c", {read, list}, {}}});
        const auto may = [&](std::string_view path, AccessRight right) {
            return rules.check_beneath("psk:laptop", right, path).ok();
        };
        CPPUNIT_ASSERT(may("", list) && may("a", list));
        CPPUNIT_ASSERT(!may("", read) && !may("a", read) && !may("a/b", read));
        CPPUNIT_ASSERT(may("a/b/c", read) && may("a/bc", read) && may("a/x", read));
        CPPUNIT_ASSERT(!may("../x", read));
        CPPUNIT_ASSERT(!may("", AccessRight::write));
    }
    void a_quota_bounds_what_is_written() {
        const auto rules = make({{"psk:a", "in", {write}, ByteCount(100)},
                                 {"psk:a", "free", {write}, {}},
                                 {"psk:a", "shut", {read}, ByteCount(100)}});
        const auto code = [&](const char* path, std::uint64_t stored, std::uint64_t adding) {
            const auto checked =
                rules.check_write("psk:a", path, ByteCount(stored), ByteCount(adding));
            return checked ? ErrorCode{} : checked.error().code;
        };
        CPPUNIT_ASSERT(code("in/x", 0, 100) == ErrorCode{});
        CPPUNIT_ASSERT(code("in/x", 40, 60) == ErrorCode{});
        CPPUNIT_ASSERT(code("in/x", 40, 61) == ErrorCode::no_space);
        CPPUNIT_ASSERT(code("in/x", 101, 0) == ErrorCode::no_space);
        CPPUNIT_ASSERT(code("in/x", 100, ~std::uint64_t{0}) == ErrorCode::no_space);
        CPPUNIT_ASSERT(code("free/x", ~std::uint64_t{0}, ~std::uint64_t{0}) == ErrorCode{});
        CPPUNIT_ASSERT(code("shut/x", 0, 1) == ErrorCode::denied);
        CPPUNIT_ASSERT_EQUAL(std::string("in"), rules.quota_folder("psk:a", "in/deep/x").value());
        CPPUNIT_ASSERT(!rules.quota_folder("psk:a", "free/x").has_value());
    }
    void identities_have_one_form() {
        auto upper = kPrint;
        for (auto& c : upper) c = c == 'a' ? 'A' : c;
        upper.replace(0, 7, "sha256:");  // only the digits may be of either case
        const auto rules = make({{upper, "./x/", {read}, {}}});
        CPPUNIT_ASSERT(rules.check(kPrint, read, "x/y").ok());
        CPPUNIT_ASSERT_EQUAL(std::string("x"), rules.deciding(kPrint, "x")->folder);
    }
    void rules_that_do_not_fit_are_named() {
        const AccessRule good{"psk:a", "", {read}, {}};
        for (const auto* who : {"", "alice", "psk:", "name:", "sha256:00", "Anyone", "*"})
            expect_refused({good, {who, "", {read}, {}}}, "rule 2");
        expect_refused({good, {"psk:" + std::string(300, 'x'), "", {read}, {}}}, "rule 2");
        expect_refused({{"psk:a", "../b", {read}, {}}}, "rule 1");
        expect_refused({good, {"psk:b", "", {}, {}}, {"psk:a", ".", {list}, {}}}, "rule 3");
        std::vector<AccessRule> many;
        for (std::size_t i = 0; i <= AccessRules::kMaxRules; ++i)
            many.push_back({"psk:" + std::to_string(i), "", {read}, {}});
        CPPUNIT_ASSERT(AccessRules::make(many).error().code == ErrorCode::limit);
        many.pop_back();
        CPPUNIT_ASSERT_EQUAL(AccessRules::kMaxRules, make(many).size());
    }
    void names_of_rights_go_both_ways() {
        for (const auto right : {read, list, write, remove})
            CPPUNIT_ASSERT(access_right_from_name(access_right_name(right)) == right);
        CPPUNIT_ASSERT_EQUAL(std::string("delete"), std::string(access_right_name(remove)));
        CPPUNIT_ASSERT(!access_right_from_name("execute"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(AccessRulesTest);

}  // namespace
}  // namespace gantry
