#include <host/shell/command_catalog.h>

#include <gantry/command/parser.h>

#include <algorithm>

namespace gantry::host {
namespace {

constexpr std::size_t kNameWords = 3;

std::string joined(std::span<const std::string> words, std::string_view between) {
    std::string text;
    for (const auto& word : words) {
        if (!text.empty()) text += between;
        text += word;
    }
    return text;
}

Error unknown_in_group(std::span<const std::string> words,
                       const std::vector<std::string>& commands) {
    std::string message;
    if (words.size() < 2 || words[1].rfind('-', 0) == 0) {
        message = "say what to do";
    } else {
        message = "there is no command '" + words[1] + "'";
        if (const auto near = nearest(words[1], commands); !near.empty())
            message += "; did you mean '" + near + "'?";
    }
    return make_error(ErrorCode::usage, "shell", message + " (" + joined(commands, ", ") + ")",
                      words[0]);
}

Error unknown_command(const std::string& word, const std::vector<CommandSpec>& all) {
    std::string message = "there is no such command";
    if (const auto near = nearest(word, first_words(all)); !near.empty())
        message += "; did you mean '" + near + "'?";
    else
        message += "; 'help' lists them";
    return make_error(ErrorCode::usage, "shell", std::move(message), word);
}

}  // namespace

std::vector<std::string> commands_of_group(const std::vector<CommandSpec>& all,
                                           std::string_view group) {
    std::vector<std::string> commands;
    const std::string start = std::string(group) + ' ';
    for (const auto& spec : all)
        if (spec.name.rfind(start, 0) == 0) commands.push_back(spec.name.substr(start.size()));
    return commands;
}

std::vector<std::string> first_words(const std::vector<CommandSpec>& all) {
    std::vector<std::string> words;
    for (const auto& spec : all) {
        auto word = spec.name.substr(0, spec.name.find(' '));
        if (std::find(words.begin(), words.end(), word) == words.end())
            words.push_back(std::move(word));
    }
    return words;
}

Result<ResolvedCommand> resolve_command(const CommandCatalog& catalog,
                                        std::span<const std::string> words) {
    for (std::size_t count = std::min(kNameWords, words.size()); count > 0; --count) {
        if (auto spec = catalog.find(joined(words.first(count), " ")))
            return ResolvedCommand{std::move(*spec), count};
    }
    if (words.empty()) return make_error(ErrorCode::usage, "shell", "no command was given");
    const auto all = catalog.all();
    if (const auto commands = commands_of_group(all, words[0]); !commands.empty())
        return unknown_in_group(words, commands);
    return unknown_command(words[0], all);
}

}  // namespace gantry::host
