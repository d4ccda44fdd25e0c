#include <host/loader/plugin_manager.h>

#include <cstdlib>
#include <fstream>

#include "manager_fixture.h"

using namespace gantry;
using namespace gantry::host;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

class PluginManagerTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PluginManagerTest);
    CPPUNIT_TEST(lists_what_is_on_the_path_and_loads_nothing);
    CPPUNIT_TEST(loads_by_name_and_by_file);
    CPPUNIT_TEST(says_when_a_plugin_is_loaded_already);
    CPPUNIT_TEST(suggests_a_name_for_a_mistyped_one);
    CPPUNIT_TEST(finds_commands_and_schemes_without_loading);
    CPPUNIT_TEST(loads_the_plugin_of_a_command_when_it_is_first_used);
    CPPUNIT_TEST(the_first_folder_wins);
    CPPUNIT_TEST(a_plugin_that_appears_later_is_found);
    CPPUNIT_TEST(loads_providers_first);
    CPPUNIT_TEST(refuses_a_plugin_whose_provider_is_missing);
    CPPUNIT_TEST(does_not_unload_a_provider_that_others_require);
    CPPUNIT_TEST(unloads_dependents_first_when_told_to);
    CPPUNIT_TEST(an_optional_user_lets_go_and_gets_the_service_back);
    CPPUNIT_TEST(an_optional_user_that_holds_on_keeps_the_provider_loaded);
    CPPUNIT_TEST(tells_loads_and_unloads_on_the_bus);
    CPPUNIT_TEST(a_rebuilt_file_is_new_code);
    CPPUNIT_TEST(the_end_of_the_manager_unloads_all);
    CPPUNIT_TEST_SUITE_END();

    std::optional<ManagerFixture> fixture_;
    ManagerFixture& f() { return *fixture_; }

  public:
    void setUp() override { fixture_.emplace(); }
    void tearDown() override { fixture_.reset(); }

  private:
    PluginState state(const std::string& name) { return f().manager().info(name)->state; }
    static bool has(const std::string& text, const std::string& part) {
        return text.find(part) != std::string::npos;
    }

    void lists_what_is_on_the_path_and_loads_nothing() {
        std::vector<std::string> names;
        for (const auto& info : f().manager().list()) {
            CPPUNIT_ASSERT(info.state == PluginState::available);
            CPPUNIT_ASSERT(info.ledger.empty());
            names.push_back(info.descriptor->manifest.name);
        }
        CPPUNIT_ASSERT((names == std::vector<std::string>{"consumer", "good", "messy", "optional",
                                                          "provider", "stuck", "thrower"}));
    }
    void loads_by_name_and_by_file() {
        f().load("good");
        CPPUNIT_ASSERT(state("good") == PluginState::loaded);
        CPPUNIT_ASSERT(f().manager().info("good")->load_time > Duration::zero());
        CPPUNIT_ASSERT_EQUAL(std::string("command 6, loop 1, sessions 1, thread 1"),
                             f().ledger("good"));
        const auto report = f().unload("good");
        CPPUNIT_ASSERT(report.unmapped);
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, report.swept);
        CPPUNIT_ASSERT(state("good") == PluginState::available);
        f().load(plugin_file("good").string());
        CPPUNIT_ASSERT(f().unload("good").unmapped);
    }
    void says_when_a_plugin_is_loaded_already() {
        f().load("good");
        const auto again = f().manager().load("good");
        CPPUNIT_ASSERT(!again.ok() && again.error().code == ErrorCode::exists);
        const auto file = f().manager().load(plugin_file("good").string());
        CPPUNIT_ASSERT(!file.ok() && file.error().code == ErrorCode::exists);
        const auto absent = f().manager().unload("provider", {});
        CPPUNIT_ASSERT(!absent.ok() && absent.error().code == ErrorCode::not_found);
    }
    void suggests_a_name_for_a_mistyped_one() {
        const auto typo = f().manager().load("provder");
        CPPUNIT_ASSERT(!typo.ok() && typo.error().code == ErrorCode::not_found);
        CPPUNIT_ASSERT(has(typo.error().message, "did you mean provider?"));
    }
    void finds_commands_and_schemes_without_loading() {
        const auto spec = f().manager().find_command("good block");
        CPPUNIT_ASSERT(spec && spec->execution == Execution::blocking);
        CPPUNIT_ASSERT(!f().manager().find_command("good nothing"));
        CPPUNIT_ASSERT_EQUAL(std::string("consumer count"), f().manager().commands().front().name);
        CPPUNIT_ASSERT_EQUAL(std::string("good"), f().manager().group_for_scheme("good"));
        CPPUNIT_ASSERT_EQUAL(std::string(), f().manager().group_for_scheme("gopher"));
        CPPUNIT_ASSERT(state("good") == PluginState::available);
    }
    void loads_the_plugin_of_a_command_when_it_is_first_used() {
        const auto outcome = f().run("good echo", {"a", "b"});
        CPPUNIT_ASSERT(!outcome.error);
        CPPUNIT_ASSERT_EQUAL(std::string("hello a b"), *outcome.result.find("text")->as_string());
        CPPUNIT_ASSERT(state("good") == PluginState::loaded);
    }
    void the_first_folder_wins() {
        testing::TemporaryFolder folder;
        std::filesystem::copy_file(plugin_file("provider"), folder / "provider.so");
        ManagerFixture two({folder.path(), TEST_PLUGINS});
        CPPUNIT_ASSERT_EQUAL((folder / "provider.so").string(),
                             two.manager().info("provider")->file.string());
        CPPUNIT_ASSERT_EQUAL(plugin_file("good").string(),
                             two.manager().info("good")->file.string());
    }
    void a_plugin_that_appears_later_is_found() {
        testing::TemporaryFolder folder;
        ManagerFixture later({folder.path(), folder / "missing"});
        CPPUNIT_ASSERT(later.manager().list().empty());
        std::filesystem::copy_file(plugin_file("good"), folder / "good.so");
        later.load("good");
    }
    void loads_providers_first() {
        f().load("consumer");
        CPPUNIT_ASSERT(state("provider") == PluginState::loaded);
        const auto outcome = f().run("consumer count");
        CPPUNIT_ASSERT(!outcome.error && *outcome.result.find("count") == Value(3));
    }
    void refuses_a_plugin_whose_provider_is_missing() {
        testing::TemporaryFolder folder;
        std::filesystem::copy_file(plugin_file("consumer"), folder / "consumer.so");
        ManagerFixture alone({folder.path()});
        const auto refused = alone.manager().load("consumer");
        CPPUNIT_ASSERT(!refused.ok() && refused.error().code == ErrorCode::plugin);
        CPPUNIT_ASSERT(has(refused.error().message, "gantry.digest 1"));
    }
    void does_not_unload_a_provider_that_others_require() {
        f().load("consumer");
        const auto refused = f().manager().unload("provider", {});
        CPPUNIT_ASSERT(!refused.ok() && refused.error().code == ErrorCode::busy);
        CPPUNIT_ASSERT(has(refused.error().message, "required by consumer"));
        CPPUNIT_ASSERT(state("provider") == PluginState::loaded);
        CPPUNIT_ASSERT(f().unload("consumer").unmapped);
        CPPUNIT_ASSERT(f().unload("provider").unmapped);
    }
    void unloads_dependents_first_when_told_to() {
        f().load("consumer");
        const auto reports = f().manager().unload("provider", {seconds(10), true});
        CPPUNIT_ASSERT(reports.ok());
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, reports->size());
        CPPUNIT_ASSERT_EQUAL(std::string("consumer"), (*reports)[0].name);
        CPPUNIT_ASSERT_EQUAL(std::string("provider"), (*reports)[1].name);
        CPPUNIT_ASSERT((*reports)[0].unmapped && (*reports)[1].unmapped);
    }
    bool optional_has() { return *f().run("optional has").result.find("has") == Value(true); }
    void an_optional_user_lets_go_and_gets_the_service_back() {
        f().load("optional");
        CPPUNIT_ASSERT(!optional_has());
        f().load("provider");
        CPPUNIT_ASSERT(optional_has());
        CPPUNIT_ASSERT(f().unload("provider").unmapped);
        CPPUNIT_ASSERT(!optional_has());
        f().load("provider");
        CPPUNIT_ASSERT(optional_has());
    }
    void an_optional_user_that_holds_on_keeps_the_provider_loaded() {
        f().settings["optional.hold"] = "yes";
        f().load("provider");
        f().load("optional");
        CPPUNIT_ASSERT(optional_has());
        const auto refused = f().manager().unload("provider", {milliseconds(20), false});
        CPPUNIT_ASSERT(!refused.ok() && refused.error().code == ErrorCode::busy);
        CPPUNIT_ASSERT(has(refused.error().message, "optional (gantry.digest 1)"));
        CPPUNIT_ASSERT(state("provider") == PluginState::loaded);
        CPPUNIT_ASSERT(f().unload("optional").unmapped);
        CPPUNIT_ASSERT(f().unload("provider").unmapped);
    }
    void tells_loads_and_unloads_on_the_bus() {
        std::vector<std::string> events;
        auto keep = f().runtime.events().subscribe([&](const PublishedEvent& e) {
            events.push_back(e.event.type + " " + *e.event.fields.find("plugin")->as_string());
        });
        f().load("good");
        f().unload("good");
        CPPUNIT_ASSERT(
            (events == std::vector<std::string>{"plugin.loaded good", "plugin.unloaded good"}));
    }
    void a_rebuilt_file_is_new_code() {
        testing::TemporaryFolder folder;
        const auto file = folder / "x.so";
        std::filesystem::copy_file(plugin_file("good"), file);
        ManagerFixture own({folder.path()});
        own.load("good");
        std::filesystem::copy_file(plugin_file("provider"), file,
                                   std::filesystem::copy_options::overwrite_existing);
        CPPUNIT_ASSERT_MESSAGE("what is loaded does not change",
                               !own.run("good echo", {"x"}).error);
        CPPUNIT_ASSERT(own.unload("good").unmapped);
        const auto other = own.manager().load("good");
        CPPUNIT_ASSERT(!other.ok() && has(other.error().message, "another plugin, provider"));
        own.load(file.string());
        CPPUNIT_ASSERT(own.manager().info("provider")->state == PluginState::loaded);
    }
    void the_end_of_the_manager_unloads_all() {
        f().settings["optional.hold"] = "yes";
        f().load("consumer");
        f().load("optional");
        Run waiting("good wait");
        CPPUNIT_ASSERT(f().manager().start(waiting.request()).ok());
        waiting.wait_until_listening();
        f().drop_manager();
        CPPUNIT_ASSERT(waiting.wait().error->code == ErrorCode::cancelled);
        std::ifstream maps("/proc/self/maps");
        const std::string text((std::istreambuf_iterator<char>(maps)), {});
        CPPUNIT_ASSERT_MESSAGE(text, !has(text, "gantry-plugins-"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PluginManagerTest);

}  // namespace
