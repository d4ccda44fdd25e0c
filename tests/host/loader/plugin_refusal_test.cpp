#include <elf.h>
#include <gantry/plugin/abi.h>
#include <sys/stat.h>

#include <cstdlib>
#include <cstring>
#include <fstream>

#include "manager_fixture.h"

using namespace gantry;
using namespace gantry::host;
namespace fs = std::filesystem;

namespace {

// The plugin `good` has a static constructor that makes a file which the environment names: it is
// the canary that tells whether any code of a file ran.
class PluginRefusalTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PluginRefusalTest);
    CPPUNIT_TEST(the_canary_sings_when_a_plugin_is_loaded);
    CPPUNIT_TEST(looking_at_a_plugin_runs_nothing);
    CPPUNIT_TEST(refuses_another_abi_version);
    CPPUNIT_TEST(refuses_another_fingerprint);
    CPPUNIT_TEST(refuses_a_truncated_file);
    CPPUNIT_TEST(refuses_a_file_that_is_no_library);
    CPPUNIT_TEST(refuses_a_hostile_note);
    CPPUNIT_TEST(refuses_a_descriptor_that_is_no_json);
    CPPUNIT_TEST(refuses_what_is_no_plain_file);
    CPPUNIT_TEST(lists_what_it_refuses_with_the_reason);
    CPPUNIT_TEST(tells_the_dynamic_linkers_words);
    CPPUNIT_TEST_SUITE_END();

    testing::TemporaryFolder folder_;
    const fs::path canary_ = folder_ / "canary";
    const fs::path file_ = folder_ / "spoilt.so";
    std::string image_;
    std::optional<ManagerFixture> fixture_;
    ManagerFixture& f() { return *fixture_; }

  public:
    void setUp() override {
        CPPUNIT_ASSERT(::setenv("GANTRY_TEST_CANARY", canary_.c_str(), 1) == 0);
        std::ifstream in(plugin_file("good"), std::ios::binary);
        image_.assign(std::istreambuf_iterator<char>(in), {});
        fixture_.emplace();
    }
    void tearDown() override {
        fixture_.reset();
        ::unsetenv("GANTRY_TEST_CANARY");
    }

  private:
    static bool has(const std::string& text, const std::string& part) {
        return text.find(part) != std::string::npos;
    }
    // Replaces text in the image by text of the same length.
    void spoil(const std::string& from, const std::string& to) {
        CPPUNIT_ASSERT_EQUAL(from.size(), to.size());
        const auto at = image_.find(from);
        CPPUNIT_ASSERT_MESSAGE(from, at != std::string::npos);
        image_.replace(at, to.size(), to);
    }
    // Loads the image, which must be refused; answers the words.
    std::string refusal() {
        std::ofstream(file_, std::ios::binary) << image_;
        const auto loaded = f().manager().load(file_.string());
        CPPUNIT_ASSERT(!loaded.ok());
        CPPUNIT_ASSERT(loaded.error().code == ErrorCode::plugin);
        CPPUNIT_ASSERT_EQUAL(file_.string(), loaded.error().context);
        CPPUNIT_ASSERT_MESSAGE("its code ran", !fs::exists(canary_));
        return loaded.error().message;
    }

    void the_canary_sings_when_a_plugin_is_loaded() {
        CPPUNIT_ASSERT(!fs::exists(canary_));
        f().load("good");
        CPPUNIT_ASSERT(fs::exists(canary_));
    }
    void looking_at_a_plugin_runs_nothing() {
        CPPUNIT_ASSERT_EQUAL(std::string("good"),
                             PluginManager::inspect(plugin_file("good"))->manifest.name);
        CPPUNIT_ASSERT(!f().manager().list().empty());
        CPPUNIT_ASSERT(f().manager().info("good").ok());
        CPPUNIT_ASSERT(f().manager().find_command("good echo").has_value());
        CPPUNIT_ASSERT(!fs::exists(canary_));
    }
    void refuses_another_abi_version() {
        const auto version = "{\"abi\":{\"major\":" GANTRY_TEXT(GANTRY_ABI_MAJOR) ",";
        spoil(version, "{\"abi\":{\"major\":9,");
        CPPUNIT_ASSERT(has(refusal(), "abi.major is 9, but 1 is wanted"));
    }
    void refuses_another_fingerprint() {
        spoil("\"libstdc++=12 ", "\"libstdc++=11 ");
        CPPUNIT_ASSERT(has(refusal(), "the fingerprint's libstdc++ is 11, but 12 is wanted"));
    }
    void refuses_a_truncated_file() {
        const std::string whole = image_;
        for (const std::size_t size : {std::size_t{40}, std::size_t{2000}, whole.size() - 1}) {
            image_ = whole.substr(0, size);
            refusal();
        }
    }
    void refuses_a_file_that_is_no_library() {
        image_ = "This is a text, and no library at all.\n";
        CPPUNIT_ASSERT(has(refusal(), "not an ELF file"));
        image_.clear();
        CPPUNIT_ASSERT(has(refusal(), "not an ELF file"));
    }
    void refuses_a_hostile_note() {
        const std::string head{"\7\0\0\0", 4};
        const auto at = image_.find(std::string("gantry\0\0{\"abi\"", 14)) - 12;
        CPPUNIT_ASSERT_EQUAL(head, image_.substr(at, 4));
        image_.replace(at + 4, 4, "\xff\xff\xff\xff");
        CPPUNIT_ASSERT(has(refusal(), "longer than what holds it"));
    }
    void refuses_a_descriptor_that_is_no_json() {
        spoil("{\"abi\":{\"major\"", "<\"abi\":{\"major\"");
        CPPUNIT_ASSERT(has(refusal(), "JSON"));
    }
    void refuses_what_is_no_plain_file() {
        CPPUNIT_ASSERT(::mkfifo(file_.c_str(), 0600) == 0);
        const auto pipe = f().manager().load(file_.string());
        CPPUNIT_ASSERT(!pipe.ok() && has(pipe.error().message, "not a plain file"));
        const auto missing = PluginManager::inspect(folder_ / "missing.so");
        CPPUNIT_ASSERT(!missing.ok() && missing.error().code == ErrorCode::not_found);
    }
    void lists_what_it_refuses_with_the_reason() {
        spoil("\"libstdc++=12 ", "\"libstdc++=11 ");
        std::ofstream(file_, std::ios::binary) << image_;
        std::ofstream(folder_ / "text.so") << "text";
        ManagerFixture other({folder_.path()});
        const auto list = other.manager().list();
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, list.size());
        CPPUNIT_ASSERT(list[0].state == PluginState::refused && list[0].descriptor);
        CPPUNIT_ASSERT(has(list[0].problem->message, "libstdc++"));
        CPPUNIT_ASSERT(list[1].state == PluginState::refused && !list[1].descriptor);
        const auto started = other.run("good echo");
        CPPUNIT_ASSERT(started.error && started.error->code == ErrorCode::plugin);
        CPPUNIT_ASSERT(!fs::exists(canary_));
    }
    // The header is sound, and the note; but the dynamic linker cannot map it.
    void tells_the_dynamic_linkers_words() {
        Elf64_Ehdr header;
        std::memcpy(&header, image_.data(), sizeof(header));
        header.e_phentsize = 1;
        std::memcpy(image_.data(), &header, sizeof(header));
        std::ofstream(file_, std::ios::binary) << image_;
        const auto loaded = f().manager().load(file_.string());
        CPPUNIT_ASSERT(!loaded.ok() && loaded.error().code == ErrorCode::plugin);
        CPPUNIT_ASSERT_MESSAGE(loaded.error().message, has(loaded.error().message, "phentsize"));
        CPPUNIT_ASSERT(!fs::exists(canary_));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PluginRefusalTest);

}  // namespace
