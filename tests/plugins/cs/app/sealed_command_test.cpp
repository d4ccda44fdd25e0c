#include "cs_hosts.h"
#include "seal_fixture.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace gantry;
using namespace gantry::cs;
using namespace gantry::testing;

namespace {

// Key files are names here: the first letter is what the key is full of.
class NamedKeyFiles final : public KeyFileService {
  public:
    Result<NamedKey> derive(const std::string& key_file, std::string_view purpose) override {
        CPPUNIT_ASSERT_EQUAL(std::string(SealKey::kPurpose), std::string(purpose));
        const auto name = key_file.substr(key_file.rfind('/') + 1);
        if (name == "missing")
            return make_error(ErrorCode::not_found, "test", "no such file", key_file);
        return NamedKey{name, Secret(as_bytes(std::string(32, name.front())))};
    }
};

// Two machines with the real cryptography.
struct SealHosts : CsHosts {
    SealHosts() {
        auto& crypto = SealCrypto::get();
        for (const auto* machine : {"server", "client"}) {
            auto& services = world.machine(machine).services();
            provided.push_back(services.provide<KdfService>(crypto.kdf).value());
            provided.push_back(services.provide<AeadService>(crypto.aead).value());
            provided.push_back(services.provide<KeyFileService>(key_files).value());
        }
    }
    NamedKeyFiles key_files;
};

}  // namespace

// `cs get --encrypt` and the server that it asks.
class SealedCommandTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SealedCommandTest);
    CPPUNIT_TEST(fetches_with_the_key_that_the_server_has);
    CPPUNIT_TEST(several_keys_and_plain_files_from_one_server);
    CPPUNIT_TEST(a_key_that_the_server_does_not_have_is_refused);
    CPPUNIT_TEST(a_server_without_a_key_is_told);
    CPPUNIT_TEST(needs_a_key_file);
    CPPUNIT_TEST(says_which_service_is_missing);
    CPPUNIT_TEST_SUITE_END();

  public:
    void fetches_with_the_key_that_the_server_has() {
        SealHosts hosts;
        hosts.served().write_file("srv/a", content(3'000'000));
        const auto url = hosts.serve("--insecure --tls off --key-file laptop");
        const auto result =
            hosts.client.run("cs get --encrypt --key-file laptop " + url + "a -o got");
        assert_ok(result);
        CPPUNIT_ASSERT(hosts.files().read_file("got") == content(3'000'000));
        const auto* encrypted = result.value.find("encrypted");
        CPPUNIT_ASSERT(encrypted != nullptr && std::get<bool>(encrypted->data()));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{3'000'000}, number_of(result.value, "bytes"));
        assert_ok(hosts.client.run("cs get --encrypt --key-file laptop --connections 3 " + url +
                                   "a -o again"));
        CPPUNIT_ASSERT(hosts.files().read_file("again") == content(3'000'000));
        hosts.assert_clean_stop();
    }
    void several_keys_and_plain_files_from_one_server() {
        SealHosts hosts;
        hosts.served().write_file("srv/a", "hello");
        const auto url = hosts.serve("--insecure --tls off --key-file laptop --key-file phone");
        assert_ok(hosts.client.run("cs get --encrypt --key-file phone " + url + "a -o sealed"));
        assert_ok(hosts.client.run("cs get " + url + "a -o plain"));
        CPPUNIT_ASSERT_EQUAL(hosts.files().read_file("plain"), hosts.files().read_file("sealed"));
        hosts.assert_clean_stop();
    }
    void a_key_that_the_server_does_not_have_is_refused() {
        SealHosts hosts;
        hosts.served().write_file("srv/a", "hello");
        const auto url = hosts.serve("--insecure --tls off --key-file laptop");
        assert_failed(ErrorCode::security,
                      hosts.client.run("cs get --encrypt --key-file other " + url + "a -o got"));
        CPPUNIT_ASSERT(!hosts.files().contains("got"));
        assert_failed(ErrorCode::not_found,
                      hosts.client.run("cs get --encrypt --key-file missing " + url + "a"));
        hosts.assert_clean_stop();
    }
    void a_server_without_a_key_is_told() {
        SealHosts hosts;
        hosts.served().write_file("srv/a", "hello");
        const auto url = hosts.serve();
        const auto result =
            hosts.client.run("cs get --encrypt --key-file laptop " + url + "a -o got");
        assert_failed(ErrorCode::security, result);
        CPPUNIT_ASSERT(result.error->message.find("--key-file") != std::string::npos);
        hosts.assert_clean_stop();
    }
    void needs_a_key_file() {
        SealHosts hosts;
        const auto result = hosts.client.run("cs get --encrypt cs://10.0.0.1:1/a");
        assert_failed(ErrorCode::usage, result);
        CPPUNIT_ASSERT(result.error->message.find("--key-file") != std::string::npos);
        hosts.assert_clean_stop();
    }
    void says_which_service_is_missing() {
        CsHosts hosts;
        assert_failed(ErrorCode::not_found,
                      hosts.client.run("cs get --encrypt --key-file k cs://10.0.0.1:1/a"));
        hosts.assert_clean_stop();
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SealedCommandTest);
