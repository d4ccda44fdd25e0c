#include "security_fixture.h"

#include <csignal>

namespace gantry::testing {
namespace {

// What the rules of a file allow whom, over the whole program.
class AccessFileTest : public SecurityFixture {
    CPPUNIT_TEST_SUITE(AccessFileTest);
    CPPUNIT_TEST(each_may_what_the_rules_say);
    CPPUNIT_TEST(a_quota_is_no_space);
    CPPUNIT_TEST(a_changed_file_holds_at_once_and_a_bad_one_not_at_all);
    CPPUNIT_TEST(a_file_that_makes_no_sense_keeps_the_server_from_starting);
    CPPUNIT_TEST_SUITE_END();

    ProcessEnd as(const std::string& key, std::vector<std::string> words) const {
        words.insert(words.begin(), "cs");
        words.insert(words.end(), {"--key-file", key});
        return run(std::move(words));
    }
    void keys() const {
        key("laptop.key", "laptop");
        key("phone.key", "phone");
        home_.write("up.txt", std::string(1000, 'u'));
        home_.write("srv/inbox/old.txt", "old");
    }
    CsServer serve_by_rules(const std::string& rules) const {
        home_.write("rules.toml", rules);
        return serve(
            {"--access", "rules.toml", "--key-file", "laptop.key", "--key-file", "phone.key"});
    }
    static constexpr auto kRules = R"(
[[rule]]
who = "psk:laptop"
may = ["read", "list", "write", "delete"]

[[rule]]
who = "known"
folder = "inbox"
may = ["list", "write"]
)";

  public:
    void each_may_what_the_rules_say() {
        keys();
        const auto server = serve_by_rules(kRules);
        succeeded(as("laptop.key", {"get", server.url("a.txt"), "-o", "x"}));
        succeeded(as("laptop.key", {"rename", server.url("a.txt"), "b.txt"}));
        failed(as("phone.key", {"get", server.url("b.txt"), "-o", "y"}), kDenied, {"may not"});
        failed(as("phone.key", {"ls", server.url("")}), kDenied, {"may not list"});
        succeeded(as("phone.key", {"ls", server.url("inbox")}));
        succeeded(as("phone.key", {"put", "up.txt", server.url("inbox/")}));
        failed(as("phone.key", {"get", server.url("inbox/up.txt"), "-o", "y"}), kDenied,
               {"may not read"});
        failed(as("phone.key", {"delete", server.url("inbox/up.txt")}), kDenied,
               {"may not delete"});
        // The deeper rule takes the laptop's rights there away.
        failed(as("laptop.key", {"delete", server.url("inbox/up.txt")}), kDenied,
               {"may not delete"});
        failed(as("laptop.key", {"rename", server.url("inbox"), "elsewhere"}), kDenied,
               {"may not delete"});
    }
    void a_quota_is_no_space() {
        keys();
        const auto server = serve_by_rules(
            "[[rule]]\nwho = \"psk:phone\"\nfolder = \"inbox\"\nmay = [\"write\", \"list\"]\n"
            "quota = \"1500B\"\n");
        succeeded(as("phone.key", {"put", "up.txt", server.url("inbox/one")}));
        failed(as("phone.key", {"put", "up.txt", server.url("inbox/two")}), kNoSpace, {"no space"});
        succeeded(as("phone.key", {"put", "up.txt", server.url("inbox/one")}));
        CPPUNIT_ASSERT(!std::filesystem::exists(home_ / "srv/inbox/two"));
    }
    void a_changed_file_holds_at_once_and_a_bad_one_not_at_all() {
        keys();
        auto server = serve_by_rules("[[rule]]\nwho = \"psk:phone\"\nmay = [\"list\"]\n");
        failed(as("phone.key", {"get", server.url("a.txt"), "-o", "x"}), kDenied, {});
        home_.write("rules.toml", "[[rule]]\nwho = \"psk:phone\"\nmay = [\"list\", \"read\"]\n");
        succeeded(as("phone.key", {"get", server.url("a.txt"), "-o", "x"}));
        home_.write("rules.toml", "[[rule]]\nwho = \"psk:phone\"\nmay = [\"everything\"]\n# x\n");
        succeeded(as("phone.key", {"get", server.url("a.txt"), "-o", "y"}));
        server.process().send_signal(SIGTERM);
        succeeded(server.process().wait());
    }
    void a_file_that_makes_no_sense_keeps_the_server_from_starting() {
        keys();
        const auto start = [&](const std::string& rules) {
            return run({"cs", "serve", "srv", "--listen", "127.0.0.1:0", "--access", rules});
        };
        home_.write("bad.toml", "[[rule]]\nwho = \"nobody in particular\"\nmay = []\n");
        failed(start("bad.toml"), kUsage, {"bad.toml:"});
        failed(start("none.toml"), kNotFound, {"none.toml"});
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(AccessFileTest);

}  // namespace
}  // namespace gantry::testing
