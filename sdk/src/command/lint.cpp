#include "command/words.h"

#include <gantry/command/parser.h>

#include <algorithm>
#include <cctype>

namespace gantry {
namespace {

using Verdict = Result<void>;

Error fault(const std::string& what, const std::string& problem) {
    return make_error(ErrorCode::usage, "command", what + ": " + problem);
}

template <class Range, class Member>
bool occurs_twice(const Range& items, const Member& value, auto member) {
    return std::ranges::count(items, value, member) > 1;
}

Verdict lint_choices(const std::string& what, ValueKind kind,
                     const std::vector<std::string>& choices) {
    if (kind == ValueKind::choice && choices.empty()) return fault(what, "has no choices");
    if (kind != ValueKind::choice && !choices.empty())
        return fault(what, "has choices, and its kind is not choice");
    for (const auto& choice : choices) {
        if (choice.empty() || command::has_control(choice))
            return fault(what, "has a choice that cannot be typed");
        if (std::ranges::count(choices, choice) > 1)
            return fault(what, "has the choice '" + choice + "' twice");
    }
    return {};
}

Verdict lint_flag(const std::string& what, const OptionSpec& option) {
    const bool valued = option.kind != ValueKind::text || !option.placeholder.empty() ||
                        !option.fallback.empty() || !option.choices.empty();
    return valued ? Verdict(fault(what, "is a flag and describes a value")) : Verdict();
}

Verdict lint_option_name(const CommandSpec& spec, const OptionSpec& option,
                         const std::string& what) {
    if (!command::is_lower_word(option.name)) return fault(what, "the name is no lower-case word");
    if (option.name == "help") return fault(what, "this name is the host's");
    if (occurs_twice(spec.options, option.name, &OptionSpec::name))
        return fault(what, "occurs twice");
    if (option.letter == 0) return {};
    if (!std::isalnum(static_cast<unsigned char>(option.letter)))
        return fault(what, "the letter is neither a letter nor a digit");
    if (occurs_twice(spec.options, option.letter, &OptionSpec::letter))
        return fault(what, std::string("the letter '") + option.letter + "' occurs twice");
    return {};
}

Verdict lint_option(const CommandSpec& spec, const OptionSpec& option) {
    const auto what = "option --" + option.name;
    if (auto named = lint_option_name(spec, option, what); !named) return named;
    if (!command::is_summary(option.summary))
        return fault(what, "the summary is missing or is not one line without a final period");
    if (command::has_control(option.placeholder) || command::has_control(option.fallback))
        return fault(what, "has control characters");
    if (option.flag) return lint_flag(what, option);
    if (auto fits = lint_choices(what, option.kind, option.choices); !fits) return fits;
    if (option.fallback.empty()) return {};
    return check_value(option.kind, option.choices, what + ": its default", option.fallback);
}

bool is_operand_name(const std::string& name) {
    const auto fits = [](char c) { return c > ' ' && c < 0x7f; };
    return !name.empty() && name.front() != '-' && std::ranges::all_of(name, fits);
}

Verdict lint_operand(const CommandSpec& spec, const OperandSpec& operand) {
    const auto what = "operand " + operand.name;
    if (!is_operand_name(operand.name)) return fault(what, "the name is not one printable word");
    if (occurs_twice(spec.operands, operand.name, &OperandSpec::name))
        return fault(what, "occurs twice");
    if (!command::is_summary(operand.summary))
        return fault(what, "the summary is missing or is not one line without a final period");
    return lint_choices(what, operand.kind, operand.choices);
}

// One reading of any words, and no more.
Verdict lint_grammar(const CommandSpec& spec) {
    bool optional = false, repeated = false;
    for (const auto& operand : spec.operands) {
        const auto what = "operand " + operand.name;
        if (optional && !operand.optional) return fault(what, "is required, after an optional one");
        if (repeated && operand.repeated) return fault(what, "is the second that is repeated");
        if (repeated && operand.optional) return fault(what, "is optional, after the repeated one");
        optional = optional || operand.optional;
        repeated = repeated || operand.repeated;
    }
    return {};
}

Verdict lint_example(const CommandSpec& spec, const ExampleSpec& example) {
    const auto what = "example '" + example.line + "'";
    if (command::has_control(example.line)) return fault("an example", "has control characters");
    if (!command::is_summary(example.summary)) return fault(what, "the summary is missing");
    auto words = command::split_line(example.line);
    if (!words) return fault(what, words.error().message);
    const auto name = command::split_line(spec.name);
    const auto count = name ? name->size() : 0;
    if (words->size() < count || !std::equal(name->begin(), name->end(), words->begin()))
        return fault(what, "does not begin with the command's name");
    const auto parsed = parse_arguments(spec, std::span(*words).subspan(count));
    return parsed ? Verdict() : Verdict(fault(what, parsed.error().message));
}

Verdict lint_texts(const CommandSpec& spec) {
    if (!command::is_lower_words(spec.name))
        return make_error(ErrorCode::usage, "command", "the name is not lower-case words");
    if (!command::is_summary(spec.summary))
        return make_error(ErrorCode::usage, "command",
                          "the summary is missing or is not one line without a final period");
    auto lines = spec.description;
    std::erase(lines, '\n');
    if (command::has_control(lines))
        return make_error(ErrorCode::usage, "command", "the description has control characters");
    return {};
}

Verdict lint_parts(const CommandSpec& spec) {
    if (auto texts = lint_texts(spec); !texts) return texts;
    for (const auto& option : spec.options)
        if (auto good = lint_option(spec, option); !good) return good;
    for (const auto& operand : spec.operands)
        if (auto good = lint_operand(spec, operand); !good) return good;
    if (auto clear = lint_grammar(spec); !clear) return clear;
    for (const auto& example : spec.examples)
        if (auto good = lint_example(spec, example); !good) return good;
    return {};
}

}  // namespace

Result<void> lint(const CommandSpec& spec) {
    auto verdict = lint_parts(spec);
    if (!verdict) verdict.error().context = spec.name;
    return verdict;
}

}  // namespace gantry
