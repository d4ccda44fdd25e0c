#include <crypto/app/keygen_command.h>
#include <crypto/core/file_keys.h>
#include <crypto/net/openssl_kdf.h>
#include <crypto/wire/key_file.h>
#include <host/system/kernel_random.h>

#include <cppunit/extensions/HelperMacros.h>
#include <support/fake_call.h>
#include <support/temporary_folder.h>

namespace gantry::crypto {
namespace {

class KeygenCommandTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(KeygenCommandTest);
    CPPUNIT_TEST(writes_a_key_file_and_tells_its_fingerprint);
    CPPUNIT_TEST(every_key_is_another);
    CPPUNIT_TEST(keeps_the_name_that_was_given);
    CPPUNIT_TEST(refuses_a_name_that_no_key_file_can_have);
    CPPUNIT_TEST(refuses_to_overwrite);
    CPPUNIT_TEST(wants_to_know_where);
    CPPUNIT_TEST(shows_nothing_of_the_secret);
    CPPUNIT_TEST_SUITE_END();

    testing::TemporaryFolder folder_;
    CoreDumpShield shield_;
    OpensslKdf kdf_{shield_};
    host::KernelRandom random_;
    KeygenCommand command_{kdf_, random_};

    std::unique_ptr<testing::FakeCall> run(
        std::initializer_list<std::pair<const char*, const char*>> options) {
        auto call = std::make_unique<testing::FakeCall>(folder_.path().string());
        for (const auto& [name, value] : options) call->given.add_option(name, value);
        command_.run(*call);
        CPPUNIT_ASSERT_EQUAL(1, call->ends);
        return call;
    }
    KeyFile key(std::string_view name) {
        return KeyFile::decode(as_bytes(folder_.read(name))).value();
    }

  public:
    void writes_a_key_file_and_tells_its_fingerprint() {
        const auto call = run({{"output", "k"}});
        const auto print = key_fingerprint(kdf_, key("k").secret.view()).value();
        CPPUNIT_ASSERT_EQUAL("k  " + print + "\n", call->output.written);
        CPPUNIT_ASSERT(call->result == Value::object().set("path", "k").set("fingerprint", print));
    }
    void every_key_is_another() {
        (void)run({{"output", "a"}});
        (void)run({{"output", "b"}});
        CPPUNIT_ASSERT(folder_.read("a") != folder_.read("b"));
    }
    void keeps_the_name_that_was_given() {
        const auto call = run({{"output", "k"}, {"name", "alice"}});
        CPPUNIT_ASSERT_EQUAL(std::string("alice"), key("k").name);
        CPPUNIT_ASSERT(*call->result.find("name") == Value("alice"));
    }
    void refuses_a_name_that_no_key_file_can_have() {
        const auto call = run({{"output", "k"}, {"name", "a b"}});
        CPPUNIT_ASSERT(call->error->code == ErrorCode::usage);
        CPPUNIT_ASSERT(folder_.names().empty());
    }
    void refuses_to_overwrite() {
        folder_.write("k", "old");
        CPPUNIT_ASSERT(run({{"output", "k"}})->error->code == ErrorCode::exists);
        CPPUNIT_ASSERT_EQUAL(std::string("old"), folder_.read("k"));
    }
    void wants_to_know_where() { CPPUNIT_ASSERT(run({})->error->code == ErrorCode::usage); }
    void shows_nothing_of_the_secret() {
        const auto call = run({{"output", "k"}});
        const auto hex = to_hex(key("k").secret.view());
        for (std::size_t at = 0; at + 8 <= hex.size(); at += 8)
            CPPUNIT_ASSERT(call->output.written.find(hex.substr(at, 8)) == std::string::npos);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(KeygenCommandTest);

}  // namespace
}  // namespace gantry::crypto
