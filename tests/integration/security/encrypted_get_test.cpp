#include "security_fixture.h"

namespace gantry::testing {
namespace {

class EncryptedGetTest : public SecurityFixture {
    CPPUNIT_TEST_SUITE(EncryptedGetTest);
    CPPUNIT_TEST(a_key_is_enough_on_every_kind_of_port);
    CPPUNIT_TEST(wrong_and_missing_keys_are_refused);
    CPPUNIT_TEST(rules_name_the_key);
    CPPUNIT_TEST(a_large_file_comes_over_several_connections);
    CPPUNIT_TEST_SUITE_END();

  public:
    void a_key_is_enough_on_every_kind_of_port() {
        key("my.key", "laptop");
        const auto print = certificate("server.pem");
        const auto open = serve({"--tls", "off", "--key-file", "my.key"});
        fetched(get(open, {"--encrypt", "--key-file", "my.key"}));
        fetched(get(open, {}));
        const auto keyed = serve({"--key-file", "my.key"});
        fetched(get(keyed, {"--encrypt", "--key-file", "my.key"}));
        fetched(get(keyed, {"--key-file", "my.key"}));
        refused(get(keyed, {}), {"secured connections only"});
        failed(run({"cs", "ls", keyed.url("")}), kSecurity, {"secured connections only"});
        const auto strict = serve({"--tls", "on", "--cert", "server.pem", "--key-file", "my.key"});
        refused(get(strict, {"--encrypt", "--key-file", "my.key"}), {"secured connections only"});
        fetched(get(strict, {"--encrypt", "--key-file", "my.key", "--pin", print}));
    }
    void wrong_and_missing_keys_are_refused() {
        key("my.key", "laptop");
        key("same-name.key", "laptop");
        const auto server = serve({"--key-file", "my.key"});
        refused(get(server, {"--encrypt", "--key-file", "same-name.key"}),
                {"does not have the key"});
        failed(get(server, {"--encrypt"}), kUsage, {"--key-file"});
        const auto keyless = serve({});
        refused(get(keyless, {"--encrypt", "--key-file", "my.key"}), {"needs --key-file"});
        refused(get(server, {"--tls", "off", "--encrypt", "--key-file", "same-name.key"}), {});
    }
    void rules_name_the_key() {
        key("my.key", "laptop");
        key("guest.key", "guest");
        home_.write("rules.toml",
                    "[[rule]]\nwho = \"psk:laptop\"\nmay = [\"read\"]\n"
                    "[[rule]]\nwho = \"anyone\"\nmay = []\n");
        const auto server = serve({"--tls", "off", "--key-file", "my.key", "--key-file",
                                   "guest.key", "--access", "rules.toml"});
        fetched(get(server, {"--encrypt", "--key-file", "my.key"}));
        failed(get(server, {"--encrypt", "--key-file", "guest.key"}), 12, {});
        failed(get(server, {}), 12, {});
    }
    void a_large_file_comes_over_several_connections() {
        std::string large;
        for (int i = 0; large.size() < 20'000'000; ++i) large += std::to_string(i * 7919);
        home_.write("srv/large", large);
        key("my.key", "laptop");
        const auto server = serve({"--key-file", "my.key"});
        for (const std::string connections : {"1", "4"}) {
            succeeded(run({"cs", "get", server.url("large"), "-o", "large", "--encrypt",
                           "--key-file", "my.key", "--connections", connections}));
            CPPUNIT_ASSERT(home_.read("large") == large);
        }
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(EncryptedGetTest);

}  // namespace
}  // namespace gantry::testing
