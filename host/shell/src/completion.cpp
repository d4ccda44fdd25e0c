#include <host/shell/completion.h>
#include <host/shell/limits.h>
#include <host/shell/partial_line.h>
#include <host/shell/word_roles.h>

#include <algorithm>
#include <cctype>
#include <set>

namespace gantry::host {
namespace {

Names ask(const CompletionSources::Source& source, std::string_view prefix) {
    return source ? source(prefix) : Names();
}

void keep_prefixed(const Names& from, std::string_view prefix, Names& into) {
    for (const auto& name : from)
        if (name.rfind(prefix, 0) == 0) into.push_back(name);
}

std::string escaped(std::string_view word, char quote) {
    std::string text;
    if (quote != 0) text += quote;
    for (const char c : word) {
        const bool plain = std::isalnum(static_cast<unsigned char>(c)) != 0 ||
                           std::string_view("_-./:,+=@%^~").find(c) != std::string_view::npos ||
                           (static_cast<unsigned char>(c) & 0x80U) != 0;
        const bool special = quote == 0     ? !plain
                             : quote == '"' ? c == '"' || c == '\\' || c == '$'
                                            : false;
        if (special) text += '\\';
        text += c;
    }
    return text;
}

std::string common_start(const Names& words) {
    if (words.empty()) return {};
    std::string common = words.front();
    for (const auto& word : words) {
        std::size_t same = 0;
        while (same < common.size() && same < word.size() && common[same] == word[same]) ++same;
        common.resize(same);
    }
    while (!common.empty() && (static_cast<unsigned char>(common.back()) & 0xc0U) == 0x80U)
        common.pop_back();  // no part of a character
    if (!common.empty() && (static_cast<unsigned char>(common.back()) & 0xc0U) == 0xc0U)
        common.pop_back();
    return common;
}

// The next words of the command names that begin with `before`.
Names command_words(const CompletionSources& sources, const Names& before) {
    std::set<std::string> words;
    std::string start;
    for (const auto& word : before) start += word + ' ';
    for (const auto& spec : sources.catalog->all()) {
        if (spec.name.rfind(start, 0) != 0) continue;
        const auto rest = spec.name.substr(start.size());
        words.insert(rest.substr(0, rest.find(' ')));
    }
    return {words.begin(), words.end()};
}

Names schemes(const CompletionSources& sources) {
    Names urls;
    for (const auto& word : first_words(sources.catalog->all()))
        if (sources.catalog->group_for_scheme(word) == word) urls.push_back(word + "://");
    return urls;
}

Names values_of(const CompletionSources& sources, ValueKind kind, const Names& choices,
                std::string_view prefix) {
    Names found;
    switch (kind) {
        case ValueKind::choice:
            keep_prefixed(choices, prefix, found);
            break;
        case ValueKind::path:
            return ask(sources.paths, prefix);
        case ValueKind::folder:
            return ask(sources.folders, prefix);
        case ValueKind::job:
            return ask(sources.jobs, prefix);
        case ValueKind::plugin:
            return ask(sources.plugins, prefix);
        case ValueKind::url:
            keep_prefixed(schemes(sources), prefix, found);
            break;
        default:
            keep_prefixed(choices, prefix, found);
            break;
    }
    return found;
}

Names option_words(const CommandSpec& spec, const std::vector<ClassifiedWord>& roles,
                   std::string_view prefix) {
    Names all;
    for (const auto& option : spec.options) {
        const bool used = std::any_of(roles.begin(), roles.end(), [&](const ClassifiedWord& word) {
            return word.role == WordRole::option && word.option == &option;
        });
        if (!used || option.repeatable) all.push_back("--" + option.name);
    }
    all.emplace_back("--help");
    Names found;
    keep_prefixed(all, prefix, found);
    return found;
}

Names argument_words(const CompletionSources& sources, const CommandSpec& spec,
                     const Names& arguments, const std::string& word) {
    auto typed = arguments;
    typed.push_back(word);
    const auto roles = classify_words(spec, typed);
    const auto& last = roles.back();
    if (last.role == WordRole::value && last.option)
        return values_of(sources, last.option->kind, last.option->choices, word);
    const auto equals = word.find('=');
    if (last.role == WordRole::option && equals != std::string::npos && last.option) {
        Names found;
        for (const auto& value :
             values_of(sources, last.option->kind, last.option->choices, word.substr(equals + 1)))
            found.push_back(word.substr(0, equals + 1) + value);
        return found;
    }
    const bool ended = std::any_of(roles.begin(), roles.end() - 1, [](const ClassifiedWord& role) {
        return role.role == WordRole::separator;
    });
    const bool dashes = word == "-" || word == "--";
    if (dashes ? !ended : last.role == WordRole::option) {
        const std::vector<ClassifiedWord> before(roles.begin(), roles.end() - 1);
        return option_words(spec, before, word);
    }
    const auto* operand = operand_at(spec, last.operand);
    if (!operand) return {};
    if (operand->kind == ValueKind::text && operand->name == "KEY")
        return ask(sources.settings, word);
    if (operand->kind == ValueKind::text && operand->name == "NAME|FILE") {
        auto names = ask(sources.plugins, word);
        for (auto& path : ask(sources.paths, word)) names.push_back(std::move(path));
        return names;
    }
    if (operand->kind == ValueKind::command) {  // word by word: "help plugin list"
        Names found;
        keep_prefixed(command_words(sources, arguments), word, found);
        return found;
    }
    auto found = values_of(sources, operand->kind, operand->choices, word);
    // put takes files first and a URL last; which one this is cannot be known yet.
    if (operand->kind == ValueKind::path && operand->repeated) {
        const auto urls = values_of(sources, ValueKind::url, {}, word);
        if (!word.empty()) found.insert(found.end(), urls.begin(), urls.end());
    }
    return found;
}

Names candidates(const CompletionSources& sources, const PartialLine& partial) {
    if (partial.program) return {};
    if (partial.variable) return ask(sources.variables, partial.word);
    if (partial.redirect) return ask(sources.paths, partial.word);
    Names found;
    keep_prefixed(command_words(sources, partial.before), partial.word, found);
    if (partial.before.empty()) {
        const auto aliases = ask(sources.aliases, partial.word);
        found.insert(found.end(), aliases.begin(), aliases.end());
        return found;
    }
    if (const auto command = resolve_command(*sources.catalog, partial.before)) {
        const Names arguments(partial.before.begin() + static_cast<std::ptrdiff_t>(command->words),
                              partial.before.end());
        const auto more = argument_words(sources, command->spec, arguments, partial.word);
        found.insert(found.end(), more.begin(), more.end());
    }
    return found;
}

bool is_open_ended(const std::string& word) {
    return word.ends_with('/') || word.ends_with('=') || word.ends_with("://");
}

}  // namespace

Completions complete(const CompletionSources& sources, std::string_view line, std::size_t cursor) {
    const auto partial = read_partial_line(line.substr(0, std::min(cursor, line.size())));
    auto names = candidates(sources, partial);
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    if (names.size() > shell_limits::kCompletions) names.resize(shell_limits::kCompletions);
    Completions result;
    result.begin = partial.begin;
    result.shown = names;
    for (const auto& name : names) result.words.push_back(escaped(name, partial.quote));
    result.common = common_start(result.words);
    result.closed = names.size() == 1 && !partial.variable && !is_open_ended(names[0]);
    if (result.closed && partial.quote != 0) {
        result.words[0] += partial.quote;
        result.common = result.words[0];
    }
    return result;
}

}  // namespace gantry::host
