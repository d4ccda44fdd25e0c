#include "fakes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <gantry/command/parser.h>
#include <gantry/testing/virtual_clock.h>
#include <host/shell/builtins.h>
#include <host/shell/help_text.h>
#include <host/shell/shell_runner.h>
#include <support/temporary_folder.h>

#include <unistd.h>

using namespace gantry;
using namespace gantry::host;

namespace {

// The host's own commands alone.
class OwnCatalog final : public CommandCatalog {
  public:
    explicit OwnCatalog(const BuiltinTable& table) : table_(table) {}
    std::optional<CommandSpec> find(std::string_view name) const override {
        const auto* builtin = table_.find(name);
        return builtin ? std::optional(builtin->spec) : std::nullopt;
    }
    std::vector<CommandSpec> all() const override { return table_.specs(); }
    std::string group_for_scheme(std::string_view) const override { return {}; }

  private:
    const BuiltinTable& table_;
};

PluginManager& no_plugins() { std::abort(); }
Runtime& no_runtime() { std::abort(); }
JobTable& no_jobs() { std::abort(); }
Configuration& no_configuration() { std::abort(); }

class ShellRunnerTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ShellRunnerTest);
    CPPUNIT_TEST(every_spec_of_the_host_passes_the_lint);
    CPPUNIT_TEST(runs_a_command_of_the_host);
    CPPUNIT_TEST(output_goes_to_a_file);
    CPPUNIT_TEST(output_is_appended_to_a_file);
    CPPUNIT_TEST(a_file_that_cannot_be_opened_is_an_error_and_runs_nothing);
    CPPUNIT_TEST(output_goes_through_a_program_with_the_shells_variables);
    CPPUNIT_TEST(a_programs_status_counts_when_the_command_succeeded);
    CPPUNIT_TEST(json_is_one_object_in_place_of_the_text);
    CPPUNIT_TEST(an_unknown_command_says_what_was_meant);
    CPPUNIT_TEST(a_group_without_a_command_lists_its_commands);
    CPPUNIT_TEST(a_bad_option_names_the_command);
    CPPUNIT_TEST(help_is_an_option_of_every_command);
    CPPUNIT_TEST(help_and_apropos_come_from_the_specs);
    CPPUNIT_TEST(variables_and_aliases_are_set_listed_and_forgotten);
    CPPUNIT_TEST(leaving_keeps_the_status_or_takes_one);
    CPPUNIT_TEST(a_file_is_sourced_and_its_failure_is_the_commands);
    CPPUNIT_TEST(the_local_folder_changes_only_to_a_folder);
    CPPUNIT_TEST(closing_no_session_is_an_error);
    CPPUNIT_TEST_SUITE_END();

    testing::TemporaryFolder folder_;
    testing::VirtualClock clock_;
    OwnedFd read_;
    OwnedFd write_;
    std::unique_ptr<Terminal> terminal_;
    BuiltinTable table_;
    OwnCatalog catalog_{table_};
    BackgroundTasks background_;
    std::unique_ptr<ShellRunner> runner_;
    std::unique_ptr<Executor> executor_;
    ShellState state_;
    PlainWaiter waiter_;
    LocalCancel cancel_;
    RunContext context_{waiter_, cancel_, false, {}};

    int run(std::string_view text) {
        return executor_->run_text(text, {}, state_, context_, false);
    }
    // What was printed since the last time.
    std::string seen() {
        (void)write_all(write_.get(), "\x01");
        std::string text;
        for (char byte = 0; ::read(read_.get(), &byte, 1) == 1 && byte != '\x01';) text += byte;
        return text;
    }
    bool saw(std::string_view part) { return seen().find(part) != std::string::npos; }

  public:
    void setUp() override {
        int fds[2];
        CPPUNIT_ASSERT_EQUAL(0, ::pipe(fds));
        read_ = OwnedFd(fds[0]);
        write_ = OwnedFd(fds[1]);
        Terminal::Options options;
        options.out_fd = options.error_fd = write_.get();
        terminal_ = std::make_unique<Terminal>(options);
        add_plugin_builtins(table_, no_plugins);
        add_job_builtins(table_, no_jobs, background_);
        add_config_builtins(table_, no_configuration);
        add_help_builtins(table_, catalog_);
        add_language_builtins(table_, [this]() -> Executor& { return *executor_; });
        add_session_builtins(table_, no_plugins);
        add_transfer_builtins(table_);
        runner_ = std::make_unique<ShellRunner>(ShellRunner::Parts{.terminal = *terminal_,
                                                                   .clock = clock_,
                                                                   .catalog = catalog_,
                                                                   .builtins = table_,
                                                                   .plugins = no_plugins,
                                                                   .runtime = no_runtime,
                                                                   .mode = {},
                                                                   .force = {}});
        executor_ = std::make_unique<Executor>(*runner_, background_, Executor::Hooks{});
        state_.folder = folder_.path();
    }
    void every_spec_of_the_host_passes_the_lint() {
        for (const auto& spec : table_.specs()) {
            auto linted = lint(spec);
            if (!linted) CPPUNIT_FAIL(spec.name + ": " + describe(linted.error()));
        }
        CPPUNIT_ASSERT(table_.specs().size() > 25);
    }
    void runs_a_command_of_the_host() {
        CPPUNIT_ASSERT_EQUAL(0, run("echo a 'b c'"));
        CPPUNIT_ASSERT_EQUAL(std::string("a b c\n"), seen());
    }
    void output_goes_to_a_file() {
        folder_.write("out", "something longer");
        CPPUNIT_ASSERT_EQUAL(0, run("echo a > out"));
        CPPUNIT_ASSERT_EQUAL(std::string("a\n"), folder_.read("out"));
        CPPUNIT_ASSERT_EQUAL(std::string(), seen());
    }
    void output_is_appended_to_a_file() {
        run("echo a >> out; echo b >> out");
        CPPUNIT_ASSERT_EQUAL(std::string("a\nb\n"), folder_.read("out"));
    }
    void a_file_that_cannot_be_opened_is_an_error_and_runs_nothing() {
        CPPUNIT_ASSERT_EQUAL(3, run("set x=1 > no/such/file"));
        CPPUNIT_ASSERT(saw("gantry: set: no/such/file: "));
        CPPUNIT_ASSERT(state_.variables.empty());
    }
    void output_goes_through_a_program_with_the_shells_variables() {
        state_.variables["suffix"] = "!";
        CPPUNIT_ASSERT_EQUAL(0, run("echo abc | tr a-c x-z | sed \"s/\\$/$suffix/\" > out"));
        CPPUNIT_ASSERT_EQUAL(std::string("xyz!\n"), folder_.read("out"));
    }
    void a_programs_status_counts_when_the_command_succeeded() {
        CPPUNIT_ASSERT_EQUAL(4, run("echo a | exit 4"));
        CPPUNIT_ASSERT_EQUAL(0, run("help | true"));
        CPPUNIT_ASSERT_EQUAL(std::string(), seen());
        CPPUNIT_ASSERT_EQUAL(2, run("nonsense | exit 4"));
    }
    void json_is_one_object_in_place_of_the_text() {
        CPPUNIT_ASSERT_EQUAL(0, run("echo a --json"));
        CPPUNIT_ASSERT_EQUAL(std::string("{\"ok\":true,\"text\":\"a\",\"seconds\":0.0}\n"), seen());
        CPPUNIT_ASSERT_EQUAL(2, run("nonsense --json"));
        CPPUNIT_ASSERT(saw("{\"ok\":false,\"error\":{\"code\":2,\"name\":\"usage\","));
        CPPUNIT_ASSERT_EQUAL(0, run("echo -- --json"));
        CPPUNIT_ASSERT_EQUAL(std::string("--json\n"), seen());
    }
    void an_unknown_command_says_what_was_meant() {
        CPPUNIT_ASSERT_EQUAL(2, run("hlep"));
        CPPUNIT_ASSERT_EQUAL(
            std::string("gantry: hlep: there is no such command; did you mean 'help'?\n"), seen());
        run("xyzzy");
        CPPUNIT_ASSERT(saw("'help' lists them"));
        run("plugin lst");
        CPPUNIT_ASSERT(saw("did you mean 'list'?"));
    }
    void a_group_without_a_command_lists_its_commands() {
        CPPUNIT_ASSERT_EQUAL(2, run("config"));
        CPPUNIT_ASSERT_EQUAL(std::string("gantry: config: say what to do (get, set, show)\n"),
                             seen());
    }
    void a_bad_option_names_the_command() {
        CPPUNIT_ASSERT_EQUAL(2, run("plugin unload x --recursiv"));
        const auto text = seen();
        CPPUNIT_ASSERT(text.find("gantry: plugin unload: ") == 0);
        CPPUNIT_ASSERT(text.find("--recursive") != std::string::npos);
    }
    void help_is_an_option_of_every_command() {
        CPPUNIT_ASSERT_EQUAL(0, run("plugin unload --help"));
        const auto text = seen();
        CPPUNIT_ASSERT(text.find("plugin unload NAME... [--drain TIME] [-r]") != std::string::npos);
        CPPUNIT_ASSERT(text.find("[10s]") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(0, run("get --help"));
        CPPUNIT_ASSERT(saw("Download by URL"));
    }
    void help_and_apropos_come_from_the_specs() {
        CPPUNIT_ASSERT_EQUAL(0, run("help"));
        CPPUNIT_ASSERT(saw("plugin  info, inspect, list, load, paths, unload"));
        CPPUNIT_ASSERT_EQUAL(0, run("help plugin"));
        CPPUNIT_ASSERT(saw("plugin paths    List the folders"));
        CPPUNIT_ASSERT_EQUAL(0, run("help plugin unload"));
        CPPUNIT_ASSERT(saw("Examples"));
        CPPUNIT_ASSERT_EQUAL(0, run("apropos FOLDERS"));
        CPPUNIT_ASSERT(saw("plugin paths - List the folders"));
        CPPUNIT_ASSERT_EQUAL(3, run("apropos xyzzy"));
        CPPUNIT_ASSERT_EQUAL(2, run("help xyzzy"));
    }
    void variables_and_aliases_are_set_listed_and_forgotten() {
        run("set a=1 b='x y'; set");
        CPPUNIT_ASSERT_EQUAL(std::string("set a=1\nset b='x y'\n"), seen());
        run("unset a b; set");
        CPPUNIT_ASSERT_EQUAL(std::string(), seen());
        CPPUNIT_ASSERT_EQUAL(2, run("set 1a=x"));
        CPPUNIT_ASSERT_EQUAL(2, run("set novalue"));
        (void)seen();
        run("alias e='echo \"a b\"'; e c; alias e");
        CPPUNIT_ASSERT_EQUAL(std::string("a b c\nalias e='echo \"a b\"'\n"), seen());
        CPPUNIT_ASSERT_EQUAL(0, run("unalias e"));
        CPPUNIT_ASSERT_EQUAL(3, run("unalias e"));
        CPPUNIT_ASSERT_EQUAL(2, run("alias x='a; b'"));
    }
    void leaving_keeps_the_status_or_takes_one() {
        CPPUNIT_ASSERT_EQUAL(3, run("apropos xyzzy; exit; echo no"));
        state_.leaving.reset();
        CPPUNIT_ASSERT_EQUAL(9, run("quit 9; echo no"));
        state_.leaving.reset();
        CPPUNIT_ASSERT_EQUAL(2, run("exit 300"));
        CPPUNIT_ASSERT(!state_.leaving.has_value());
    }
    void a_file_is_sourced_and_its_failure_is_the_commands() {
        folder_.write("f.gantry", "set x=1\napropos xyzzy\nset x=2\n");
        CPPUNIT_ASSERT_EQUAL(3, run("source f.gantry"));
        CPPUNIT_ASSERT_EQUAL(std::string("1"), state_.variables["x"]);
        folder_.write("loop.gantry", "source loop.gantry\n");
        CPPUNIT_ASSERT(run("source loop.gantry") != 0);
        CPPUNIT_ASSERT_EQUAL(3, run("source missing"));
    }
    void the_local_folder_changes_only_to_a_folder() {
        folder_.write("sub/file", "");
        CPPUNIT_ASSERT_EQUAL(0, run("cd sub; pwd"));
        CPPUNIT_ASSERT_EQUAL(folder_.path().string() + "/sub\n", seen());
        CPPUNIT_ASSERT_EQUAL(3, run("cd file"));
        CPPUNIT_ASSERT_EQUAL(3, run("cd missing"));
        CPPUNIT_ASSERT_EQUAL(0, run("lcd .."));
        CPPUNIT_ASSERT_EQUAL(folder_.path().string(), state_.folder.string());
    }
    void closing_no_session_is_an_error() { CPPUNIT_ASSERT_EQUAL(3, run("close")); }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ShellRunnerTest);

}  // namespace
