#include <gantry/crypto/aead.h>
#include <gantry/crypto/kdf.h>
#include <gantry/crypto/signature.h>

#include <cppunit/extensions/HelperMacros.h>
#include <host/loader/plugin_manager.h>
#include <host/runtime/runtime.h>
#include <support/temporary_folder.h>

#include <algorithm>
#include <future>

namespace gantry::crypto {
namespace {

using namespace gantry::host;

constexpr auto kSha256OfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
constexpr int kCycles = 20;

class TextOutput : public Output {
  public:
    Result<void> write(std::string_view more) override {
        text += more;
        return {};
    }
    std::string text;
};

class NoInput : public Input {
  public:
    Result<std::size_t> read(ByteSpan) override { return std::size_t{0}; }
};

class PluginTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PluginTest);
    CPPUNIT_TEST(its_descriptor_tells_its_command_and_services);
    CPPUNIT_TEST(its_command_runs_in_the_loaded_library);
    CPPUNIT_TEST(leaves_no_mapping_after_use_however_often);
    CPPUNIT_TEST_SUITE_END();

    testing::TemporaryFolder folder_;
    Runtime runtime_{{}};
    PluginManager manager_{runtime_, {std::filesystem::path(PLUGIN_FILE).parent_path()}};
    TextOutput out_, messages_;
    NoInput in_;

    // Loads the plugin when it is not.
    CommandOutcome digest(const std::string& name) {
        std::promise<CommandOutcome> ended;
        Arguments arguments;
        arguments.add_option("algorithm", "sha256");
        arguments.add_operand("FILE", name);
        const auto id = manager_.start({"crypto digest",
                                        "crypto digest",
                                        std::move(arguments),
                                        out_,
                                        messages_,
                                        in_,
                                        nullptr,
                                        folder_.path(),
                                        false,
                                        {},
                                        [&](CommandOutcome o) { ended.set_value(std::move(o)); }});
        CPPUNIT_ASSERT_MESSAGE(id ? "" : describe(id.error()), id.ok());
        return ended.get_future().get();
    }

  public:
    void its_descriptor_tells_its_command_and_services() {
        const auto descriptor = PluginManager::inspect(PLUGIN_FILE);
        CPPUNIT_ASSERT_MESSAGE(descriptor ? "" : describe(descriptor.error()), descriptor.ok());
        CPPUNIT_ASSERT_EQUAL(std::string("crypto"), descriptor->manifest.name);
        for (const auto& key :
             {DigestService::key, AeadService::key, KdfService::key, SignatureService::key})
            CPPUNIT_ASSERT(std::ranges::any_of(
                descriptor->manifest.provides_services,
                [&](const ServiceNeed& s) { return s.id == key.id && s.version == key.version; }));
        CPPUNIT_ASSERT(manager_.find_command("crypto digest").has_value());
    }
    void its_command_runs_in_the_loaded_library() {
        folder_.write("a", "abc");
        const auto outcome = digest("a");
        CPPUNIT_ASSERT_MESSAGE(outcome.error ? describe(*outcome.error) : "", !outcome.error);
        CPPUNIT_ASSERT_EQUAL(std::string(kSha256OfAbc) + "  a\n", out_.text);
        CPPUNIT_ASSERT(digest("none").error->code == ErrorCode::not_found);
    }
    void leaves_no_mapping_after_use_however_often() {
        folder_.write("a", "abc");
        for (int i = 0; i < kCycles; ++i) {
            CPPUNIT_ASSERT(!digest("a").error);
            const auto reports = manager_.unload("crypto", {});
            CPPUNIT_ASSERT_MESSAGE(reports ? "" : describe(reports.error()), reports.ok());
            CPPUNIT_ASSERT_MESSAGE(reports->at(0).retained_reason, reports->at(0).unmapped);
            CPPUNIT_ASSERT_EQUAL(std::size_t{0}, reports->at(0).swept);
        }
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(PluginTest);

}  // namespace
}  // namespace gantry::crypto
