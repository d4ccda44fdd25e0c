#include <host/shell/command_catalog.h>
#include <host/shell/help_text.h>
#include <host/shell/text.h>

#include <algorithm>
#include <cctype>

namespace gantry::host {
namespace {

struct HelpRow {
    std::string left;
    std::string right;
};

std::string heading(std::string_view text, const HelpStyle& style) {
    if (!style.colour) return std::string(text) + "\n";
    return "\x1b[1m" + std::string(text) + "\x1b[0m\n";
}

// Two columns; what stands right is wrapped below itself.
std::string two_columns(const std::vector<HelpRow>& rows, const HelpStyle& style) {
    std::size_t left = 0;
    for (const auto& row : rows) left = std::max(left, display_width(row.left));
    left = std::min(left, style.width / 2);
    const std::size_t indent = left + 4;
    std::string text;
    for (const auto& row : rows) {
        std::string right = wrapped(row.right, std::max(style.width, indent + 20), indent);
        std::string line = "  " + row.left;
        if (right.empty()) {
            text += line + "\n";
        } else if (display_width(row.left) > left) {
            text += line + "\n" + right + "\n";
        } else {
            text += padded(line, indent) + right.substr(indent) + "\n";
        }
    }
    return text;
}

std::string value_name(const OptionSpec& option) {
    if (!option.placeholder.empty()) return option.placeholder;
    if (option.choices.empty()) return "VALUE";
    std::string text;
    for (const auto& choice : option.choices) text += (text.empty() ? "" : "|") + choice;
    return text;
}

std::string option_usage(const OptionSpec& option) {
    std::string text =
        option.letter != 0 ? "-" + std::string(1, option.letter) : "--" + option.name;
    if (!option.flag) text += " " + value_name(option);
    return "[" + text + "]" + (option.repeatable ? "..." : "");
}

std::string option_left(const OptionSpec& option) {
    std::string text = option.letter != 0 ? "-" + std::string(1, option.letter) + ", " : "    ";
    text += "--" + option.name;
    if (!option.flag) text += " " + value_name(option);
    return text;
}

std::string option_right(const OptionSpec& option) {
    std::string text = option.summary;
    if (!option.fallback.empty()) text += " [" + option.fallback + "]";
    if (option.repeatable) text += " (may be repeated)";
    return text;
}

std::string operand_usage(const OperandSpec& operand) {
    const std::string name = operand.name + (operand.repeated ? "..." : "");
    return operand.optional ? "[" + name + "]" : name;
}

std::vector<HelpRow> option_rows(const CommandSpec& spec) {
    std::vector<HelpRow> rows;
    for (const auto& option : spec.options)
        rows.push_back({option_left(option), option_right(option)});
    return rows;
}

std::string paragraphs(std::string_view text, const HelpStyle& style) {
    std::string out;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        out += wrapped(text.substr(0, end), style.width, 0) + "\n";
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

std::vector<HelpRow> overview_rows(const std::vector<CommandSpec>& specs, bool groups) {
    std::vector<HelpRow> rows;
    for (const auto& word : first_words(specs)) {
        const auto commands = commands_of_group(specs, word);
        if (commands.empty() == groups) continue;
        std::string right;
        for (const auto& command : commands) right += (right.empty() ? "" : ", ") + command;
        if (!groups)
            for (const auto& spec : specs)
                if (spec.name == word) right = spec.summary;
        rows.push_back({word, right});
    }
    return rows;
}

}  // namespace

std::string usage_line(const CommandSpec& spec) {
    std::string text = spec.name;
    for (const auto& operand : spec.operands) text += " " + operand_usage(operand);
    for (const auto& option : spec.options) text += " " + option_usage(option);
    return text;
}

std::string command_help(const CommandSpec& spec, const HelpStyle& style) {
    std::string text = wrapped(spec.summary, style.width, 0) + "\n\n";
    text += heading("Usage", style) + wrapped(usage_line(spec), style.width, 4).substr(2) + "\n";
    if (!spec.description.empty()) text += "\n" + paragraphs(spec.description, style);
    if (!spec.operands.empty()) {
        std::vector<HelpRow> rows;
        for (const auto& operand : spec.operands) rows.push_back({operand.name, operand.summary});
        text += "\n" + heading("Operands", style) + two_columns(rows, style);
    }
    if (!spec.options.empty())
        text += "\n" + heading("Options", style) + two_columns(option_rows(spec), style);
    if (!spec.examples.empty()) {
        text += "\n" + heading("Examples", style);
        for (const auto& example : spec.examples) {
            text += "  " + example.line + "\n";
            if (!example.summary.empty()) text += wrapped(example.summary, style.width, 6) + "\n";
        }
    }
    return text;
}

std::string group_help(const std::vector<CommandSpec>& specs, std::string_view group,
                       const HelpStyle& style) {
    std::vector<HelpRow> rows;
    const std::string start = std::string(group) + ' ';
    for (const auto& spec : specs)
        if (spec.name.rfind(start, 0) == 0) rows.push_back({spec.name, spec.summary});
    return two_columns(rows, style) + "\n'help " + std::string(group) +
           " COMMAND' tells more about one.\n";
}

std::string help_overview(const std::vector<CommandSpec>& specs, const HelpStyle& style) {
    return heading("Groups", style) + two_columns(overview_rows(specs, true), style) + "\n" +
           heading("Commands", style) + two_columns(overview_rows(specs, false), style) +
           "\n'help COMMAND' tells more about one, 'apropos WORD' searches them all.\n";
}

std::string process_help(const CommandSpec& process, const std::vector<CommandSpec>& specs,
                         const HelpStyle& style) {
    std::string text = "gantry moves files over many protocols.\n\n";
    text +=
        "  gantry                     the interactive shell\n"
        "  gantry COMMAND ARGS...     one command, then exit with its status\n"
        "  gantry -c 'A; B'           several; gantry -f FILE, or a script on standard input\n";
    text += "\n" + heading("Options", style) + two_columns(option_rows(process), style);
    text += "\n" + heading("Groups", style) + two_columns(overview_rows(specs, true), style);
    std::string alone;
    for (const auto& row : overview_rows(specs, false)) alone += " " + row.left;
    text += "\n" + heading("Commands", style) + wrapped(alone, style.width, 2) + "\n";
    return text + "\n'gantry help' tells about them, 'gantry help COMMAND' all about one.\n";
}

std::vector<CommandSpec> search_commands(const std::vector<CommandSpec>& specs,
                                         std::string_view word) {
    const std::string wanted = lower_case(word);
    std::vector<CommandSpec> found;
    for (const auto& spec : specs) {
        const auto text = lower_case(spec.name + "\n" + spec.summary + "\n" + spec.description);
        if (text.find(wanted) != std::string::npos) found.push_back(spec);
    }
    return found;
}

}  // namespace gantry::host
