#include <host/shell/builtins.h>
#include <host/shell/help_text.h>
#include <host/shell/version.h>

#include <gantry/plugin/abi.h>

namespace gantry::host {
namespace {

HelpStyle style_of(const BuiltinCall& call) {
    return {call.width == 0 ? 80 : call.width, call.colour};
}

Value value_of(const CommandSpec& spec) {
    return Value::object()
        .set("name", spec.name)
        .set("summary", spec.summary)
        .set("usage", usage_line(spec));
}

Value values_of(const std::vector<CommandSpec>& specs) {
    Value array = Value::array();
    for (const auto& spec : specs) array.push(value_of(spec));
    return Value::object().set("commands", std::move(array));
}

Result<Value> help(const CommandCatalog& catalog, BuiltinCall& call) {
    const auto words = call.arguments.operands("COMMAND");
    const auto all = catalog.all();
    if (words.empty()) {
        (void)call.out.write(help_overview(all, style_of(call)));
        return values_of(all);
    }
    if (words.size() == 1 && !commands_of_group(all, words[0]).empty() && !catalog.find(words[0])) {
        (void)call.out.write(group_help(all, words[0], style_of(call)));
        return values_of(all);
    }
    auto command = resolve_command(catalog, words);
    if (!command) return std::move(command).error();
    (void)call.out.write(command_help(command->spec, style_of(call)));
    return value_of(command->spec);
}

Result<Value> apropos(const CommandCatalog& catalog, BuiltinCall& call) {
    const auto word = call.arguments.operand("WORD");
    const auto found = search_commands(catalog.all(), word);
    if (found.empty())
        return make_error(ErrorCode::not_found, "shell", "no command's help has this word", word);
    std::string text;
    for (const auto& spec : found) text += spec.name + " - " + spec.summary + "\n";
    (void)call.out.write(text);
    return values_of(found);
}

Result<Value> version(BuiltinCall& call) {
    (void)call.out.write(version_text());
    Value value = Value::object();
    value.set("version", kVersion);
    value.set("abi", GANTRY_TEXT(GANTRY_ABI_MAJOR) "." GANTRY_TEXT(GANTRY_ABI_MINOR));
    return value.set("fingerprint", GANTRY_FINGERPRINT);
}

}  // namespace

std::string version_text() {
    return "gantry " + std::string(kVersion) +
           " (plugin ABI " GANTRY_TEXT(GANTRY_ABI_MAJOR) "." GANTRY_TEXT(
               GANTRY_ABI_MINOR) ", " GANTRY_FINGERPRINT ")\n";
}

void add_help_builtins(BuiltinTable& table, const CommandCatalog& catalog) {
    CommandSpec help_spec;
    help_spec.name = "help";
    help_spec.summary = "Tell what there is, or all about a command";
    help_spec.operands = {
        repeated(optional("COMMAND", ValueKind::command, "A group or a command"))};
    help_spec.examples = {{"help plugin unload", "All about one command"}};
    table.add({help_spec, [&catalog](BuiltinCall& call) { return help(catalog, call); }});
    CommandSpec apropos_spec;
    apropos_spec.name = "apropos";
    apropos_spec.summary = "Search the help of all commands";
    apropos_spec.operands = {required("WORD", ValueKind::text, "What to look for")};
    table.add({apropos_spec, [&catalog](BuiltinCall& call) { return apropos(catalog, call); }});
    CommandSpec version_spec;
    version_spec.name = "version";
    version_spec.summary = "Tell the program's version and what plugins must fit";
    table.add({version_spec, version});
}

}  // namespace gantry::host
