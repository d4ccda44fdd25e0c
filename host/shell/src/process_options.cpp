#include <host/shell/builtin.h>
#include <host/shell/process_options.h>
#include <host/shell/word_roles.h>

#include <gantry/command/parser.h>

namespace gantry::host {
namespace {

// --help is every command's, so no spec may declare it; the process's own is looked for by hand.
bool take_help(std::vector<std::string>& words, const std::vector<ClassifiedWord>& roles) {
    for (std::size_t i = 0; i < words.size(); ++i) {
        const bool help = words[i] == "--help" || words[i] == "-h";
        if (!help || roles[i].role != WordRole::option) continue;
        words.erase(words.begin() + static_cast<std::ptrdiff_t>(i));
        return true;
    }
    return false;
}

Result<void> add_settings(const std::vector<std::string>& words,
                          std::map<std::string, std::string>& into) {
    for (const auto& word : words) {
        const auto equals = word.find('=');
        if (equals == std::string::npos || equals == 0)
            return make_error(ErrorCode::usage, "shell", "--set takes KEY=VALUE", word);
        into[word.substr(0, equals)] = word.substr(equals + 1);
    }
    return {};
}

Result<void> check_one_task(const ProcessOptions& options) {
    const int tasks =
        (options.command.empty() ? 0 : 1) + (options.script ? 1 : 0) + (options.file ? 1 : 0);
    if (tasks <= 1) return {};
    return make_error(ErrorCode::usage, "shell", "give a command, -c or -f, and only one of them");
}

}  // namespace

CommandSpec process_spec() {
    CommandSpec spec;
    spec.name = "gantry";
    spec.summary = "Move files over many protocols";
    spec.options = {
        valued("command", 'c', ValueKind::text, "'A; B'", "Run these commands"),
        valued("file", 'f', ValueKind::path, "FILE", "Run the commands of a file"),
        flag("keep-going", 'k', "Go on after a command that failed"),
        flag("json", 0, "Print each result as one JSON object"),
        valued("events", 0, ValueKind::path, "FILE|-", "Write what happens as lines of JSON"),
        valued("config", 0, ValueKind::path, "FILE", "Read this in place of your settings file"),
        valued("set", 0, ValueKind::text, "KEY=VALUE", "Set one setting"),
        valued("plugin-path", 0, ValueKind::folder, "DIR", "Look for plugins here first"),
        flag("safe", 0, "Load no plugin by itself, only by 'plugin load'"),
        flag("quiet", 'q', "No messages but errors"),
        flag("verbose", 'v', "Print what the plugins log"),
        flag("version", 0, "Print the version"),
    };
    for (auto& option : spec.options)
        option.repeatable = option.name == "set" || option.name == "plugin-path";
    spec.operands = {repeated(optional("COMMAND", ValueKind::text, "A command and its arguments"))};
    return spec;
}

Result<ProcessOptions> parse_process_options(std::span<const std::string> words) {
    const auto spec = process_spec();
    const auto roles = classify_words(spec, words);
    std::size_t own = 0;  // the command's name ends the process's own options
    while (own < words.size() && roles[own].role != WordRole::operand) ++own;
    std::vector<std::string> head(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(own));
    ProcessOptions options;
    options.help =
        take_help(head, {roles.begin(), roles.begin() + static_cast<std::ptrdiff_t>(own)});
    auto parsed = parse_arguments(spec, head);
    if (!parsed) {
        auto error = std::move(parsed).error();
        error.context.clear();
        return error;
    }
    options.command.assign(words.begin() + static_cast<std::ptrdiff_t>(own), words.end());
    options.script = parsed->text("command");
    options.file = parsed->text("file");
    options.json = parsed->flag("json");
    options.quiet = parsed->flag("quiet");
    options.verbose = parsed->flag("verbose");
    options.safe = parsed->flag("safe");
    options.keep_going = parsed->flag("keep-going");
    options.version = parsed->flag("version");
    options.events = parsed->text("events");
    options.config = parsed->text("config");
    options.plugin_path = parsed->texts("plugin-path");
    if (auto set = add_settings(parsed->texts("set"), options.settings); !set)
        return std::move(set).error();
    if (auto one = check_one_task(options); !one) return std::move(one).error();
    return options;
}

}  // namespace gantry::host
