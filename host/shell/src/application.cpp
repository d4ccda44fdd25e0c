#include <gantry/storage/whole_file.h>
#include <host/config/user_folders.h>
#include <host/shell/application.h>
#include <host/shell/completion_sources.h>
#include <host/shell/event_writer.h>
#include <host/shell/help_text.h>
#include <host/shell/history.h>
#include <host/shell/interactive_shell.h>
#include <host/shell/limits.h>
#include <host/shell/script_input.h>
#include <host/shell/shell_assembly.h>
#include <host/shell/version.h>

#include <gantry/net/endpoint.h>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

namespace gantry::host {
namespace {

std::optional<std::string> variable(const ProcessStart& start, const std::string& name) {
    const auto found = start.environment.find(name);
    if (found == start.environment.end() || found->second.empty()) return std::nullopt;
    return found->second;
}

int complain(const Error& error) {
    (void)write_all(STDERR_FILENO, error_line("", error));
    return exit_status(error.code);
}

// One run of the process, from its options to its exit status.
class Application {
  public:
    Application(const ProcessStart& start, ProcessOptions options)
        : start_(start),
          options_(std::move(options)),
          folders_(UserFolders::find([&](const auto& name) { return variable(start_, name); })) {}
    int run();

  private:
    Result<void> open_configuration();
    Result<void> check_configuration();
    Terminal::Options terminal_options() const;
    bool wants_colour() const;
    Result<void> watch_events();
    ShellState first_state() const;
    int run_mode(ShellState& state);
    int run_file(const std::string& file, ShellState& state);
    int run_interactive(ShellState& state);
    int leave(int status);
    bool interactive() const;

    const ProcessStart& start_;
    const ProcessOptions options_;
    const UserFolders folders_;
    SignalSource signals_;
    std::unique_ptr<Configuration> configuration_;
    std::unique_ptr<Terminal> terminal_;
    std::unique_ptr<ShellAssembly> shell_;
    std::unique_ptr<EventWriter> events_;
};

bool Application::interactive() const {
    const bool asked = options_.command.empty() && !options_.script && !options_.file;
    return asked && ::isatty(STDIN_FILENO) == 1 && ::isatty(STDOUT_FILENO) == 1;
}

Result<void> Application::open_configuration() {
    ConfigurationSources sources;
    sources.flags = options_.settings;
    for (const auto& [name, value] : start_.environment)
        if (name.rfind("GANTRY_", 0) == 0) sources.environment.emplace(name, value);
    if (!folders_.config.empty()) sources.user_file = folders_.config / "config.toml";
    if (options_.config) sources.user_file = *options_.config;
    sources.user_file_must_exist = options_.config.has_value();
    sources.system_file = "/etc/gantry/config.toml";
    auto opened = Configuration::open(std::move(sources));
    if (!opened) return std::move(opened).error();
    configuration_ = std::move(*opened);
    configuration_->declare(host_settings());
    return {};
}

// The plugins' settings are looked at only when something is set at all: reading the descriptors
// takes time that most one-shot commands need not spend.
Result<void> Application::check_configuration() {
    if (!configuration_->any_set()) return {};
    if (auto checked = shell_->services().configuration().check(); !checked) return checked;
    const auto address = configuration_->value("network.bind_address");
    if (!address || address->empty()) return {};
    auto parsed = IpAddress::parse(*address);
    if (!parsed) return std::move(parsed).error();
    return {};
}

bool Application::wants_colour() const {
    const auto setting = configuration_->value("color").value_or("auto");
    if (setting != "auto") return setting == "always";
    return !variable(start_, "NO_COLOR") && variable(start_, "TERM").value_or("dumb") != "dumb";
}

Terminal::Options Application::terminal_options() const {
    Terminal::Options options;
    options.out_is_screen = ::isatty(STDOUT_FILENO) == 1;
    options.error_is_screen = ::isatty(STDERR_FILENO) == 1;
    options.colour = wants_colour();
    const bool dumb = variable(start_, "TERM").value_or("dumb") == "dumb";
    options.animate = options.error_is_screen && !dumb && !options_.quiet;
    return options;
}

Result<void> Application::watch_events() {
    if (!options_.events) return {};
    std::unique_ptr<Output> to = std::make_unique<TerminalOutput>(*terminal_, Channel::out);
    if (*options_.events != "-") {
        OwnedFd fd(
            ::open(options_.events->c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
        if (!fd) return error_from_errno(errno, "shell", *options_.events);
        to = std::make_unique<FdOutput>(std::move(fd));
    }
    events_ = std::make_unique<EventWriter>(shell_->services().runtime().events(), std::move(to));
    return {};
}

ShellState Application::first_state() const {
    ShellState state;
    std::error_code none;
    state.folder = std::filesystem::current_path(none);
    if (none) state.folder = "/";
    state.environment = [this](const std::string& name) { return variable(start_, name); };
    state.keep_going = options_.keep_going;
    return state;
}

int Application::run_file(const std::string& file, ShellState& state) {
    LocalCancel cancel;
    RunContext context{shell_->waiter(), cancel, false, {}};
    if (file == "-") {
        ScriptInput input(STDIN_FILENO, signals_);
        return run_script_input(input, shell_->executor(), shell_->runner(), state, context);
    }
    auto text = read_whole_file(file, shell_limits::kScriptBytes);
    if (!text) return shell_->runner().refuse(text.error());
    return shell_->executor().run_text(*text, {file}, state, context, true);
}

int Application::run_mode(ShellState& state) {
    LocalCancel cancel;
    RunContext context{shell_->waiter(), cancel, false, {}};
    if (!options_.command.empty())
        return shell_->executor().run_words(options_.command, state, context);
    if (options_.script)
        return shell_->executor().run_text(*options_.script, {}, state, context, true);
    if (options_.file) return run_file(*options_.file, state);
    return interactive() ? run_interactive(state) : run_file("-", state);
}

int Application::run_interactive(ShellState& state) {
    const auto size = std::atol(configuration_->value("history_size").value_or("0").c_str());
    HistoryFile history(
        folders_.state.empty() ? std::filesystem::path() : folders_.state / "history",
        size > 0 ? static_cast<std::size_t>(size) : 0);
    const auto sources = real_completion_sources(shell_->catalog(), shell_->services(), state);
    LineEditor editor(
        {*terminal_, signals_, history,
         [&](std::string_view line, std::size_t cursor) { return complete(sources, line, cursor); },
         [&] { return shell_->progress().refresh(); }});
    InteractiveShell shell({editor, shell_->executor(), shell_->waiter(), signals_, *terminal_,
                            [&] { return shell_->running_jobs(); }});
    return shell.run(state);
}

int Application::leave(int status) {
    const auto drain = parse_duration(configuration_->value("drain").value_or("10s"));
    if (shell_->leave(drain ? *drain : Duration(std::chrono::seconds(10)))) return status;
    (void)write_all(STDERR_FILENO, "gantry: some jobs did not stop in time\n");
    ::_exit(status != 0 ? status : exit_status(ErrorCode::other));
}

int Application::run() {
    if (auto opened = open_configuration(); !opened) return complain(opened.error());
    terminal_ = std::make_unique<Terminal>(terminal_options());
    const bool reads_script = options_.command.empty() && !options_.script && !options_.file;
    const int input = reads_script && !interactive() ? -1 : STDIN_FILENO;
    shell_ = std::make_unique<ShellAssembly>(ShellAssembly::Setup{
        options_, *configuration_, *terminal_, signals_, interactive(), input});
    if (options_.help) {
        const HelpStyle style{terminal_->columns(), terminal_->screen() && terminal_->colour()};
        (void)terminal_->write(Channel::out,
                               process_help(process_spec(), shell_->catalog().all(), style));
        return 0;
    }
    if (auto checked = check_configuration(); !checked)
        return shell_->runner().refuse(checked.error());
    if (auto watched = watch_events(); !watched) return shell_->runner().refuse(watched.error());
    auto state = first_state();
    const int status = leave(run_mode(state));
    state.session->drop();
    return status;
}

}  // namespace

int run_application(const ProcessStart& start) {
    auto options = parse_process_options(start.arguments);
    if (!options) return complain(options.error());
    if (options->version) {
        (void)write_all(STDOUT_FILENO, version_text());
        return 0;
    }
    return Application(start, std::move(*options)).run();
}

}  // namespace gantry::host
