#include <gantry/storage/whole_file.h>
#include <host/shell/builtins.h>
#include <host/shell/limits.h>

#include <cctype>
#include <charconv>

namespace gantry::host {
namespace {

struct Assignment {
    std::string name;
    std::optional<std::string> value;  // empty: there is no '='
};

Assignment split(const std::string& word) {
    const auto equals = word.find('=');
    if (equals == std::string::npos) return {word, std::nullopt};
    return {word.substr(0, equals), word.substr(equals + 1)};
}

Error exit_code_error(int status) {
    const auto code = status <= 15 ? static_cast<ErrorCode>(status) : ErrorCode::other;
    return make_error(code, "shell", "a command of the file failed");
}

Value listed(const ShellState::Names& names, Output& out, std::string_view before) {
    Value value = Value::object();
    for (const auto& [name, text] : names) {
        (void)out.write(std::string(before) + name + "=" + quote_word(text) + "\n");
        value.set(name, text);
    }
    return value;
}

Result<Value> set_variables(BuiltinCall& call) {
    auto& state = call.state;
    const auto words = call.arguments.operands("NAME=VALUE");
    if (words.empty())
        return Value::object().set("variables", listed(state.variables, call.out, "set "));
    for (const auto& word : words) {
        auto [name, value] = split(word);
        if (!value)
            return make_error(ErrorCode::usage, "shell", "write NAME=VALUE, without blanks", word);
        if (auto done = state.set_variable(name, std::move(*value)); !done)
            return std::move(done).error();
    }
    return Value::object();
}

Result<Value> unset(BuiltinCall& call) {
    for (const auto& name : call.arguments.operands("NAME")) call.state.variables.erase(name);
    return Value::object();
}

Result<void> define_alias(const std::string& name, const std::string& text, ShellState& state) {
    const bool plain = !name.empty() && quote_word(name) == name && name[0] != '-';
    if (!plain)
        return make_error(ErrorCode::usage, "shell", "an alias's name is one plain word", name);
    if (state.aliases.size() >= shell_limits::kAliases && !state.aliases.contains(name))
        return make_error(ErrorCode::limit, "shell", "there are too many aliases", name);
    auto words = alias_words(text);
    if (!words) return std::move(words).error();
    state.aliases[name] = text;
    return {};
}

Result<Value> alias(BuiltinCall& call) {
    auto& aliases = call.state.aliases;
    const auto words = call.arguments.operands("NAME=COMMAND");
    if (words.empty()) return Value::object().set("aliases", listed(aliases, call.out, "alias "));
    Value told = Value::object();
    for (const auto& word : words) {
        const auto [name, text] = split(word);
        if (text) {
            if (auto done = define_alias(name, *text, call.state); !done)
                return std::move(done).error();
        } else if (const auto found = aliases.find(name); found != aliases.end()) {
            told.set(name, found->second);
            (void)call.out.write("alias " + name + "=" + quote_word(found->second) + "\n");
        } else {
            return make_error(ErrorCode::not_found, "shell", "there is no such alias", name);
        }
    }
    return Value::object().set("aliases", std::move(told));
}

Result<Value> unalias(BuiltinCall& call) {
    for (const auto& name : call.arguments.operands("NAME"))
        if (call.state.aliases.erase(name) == 0)
            return make_error(ErrorCode::not_found, "shell", "there is no such alias", name);
    return Value::object();
}

Result<Value> echo(BuiltinCall& call) {
    std::string text;
    for (const auto& word : call.arguments.operands("WORD")) {
        if (!text.empty()) text += ' ';
        text += word;
    }
    if (auto written = call.out.write(text + "\n"); !written) return std::move(written).error();
    return Value::object().set("text", text);
}

Result<Value> source(Executor& executor, BuiltinCall& call) {
    const auto file = call.arguments.operand("FILE");
    auto text = read_whole_file(call.state.local_path(file), shell_limits::kScriptBytes);
    if (!text) return std::move(text).error();
    const int status = executor.run_source(*text, file, call.state, call.context);
    if (status != 0) return exit_code_error(status);
    return Value::object();
}

Result<Value> leave(BuiltinCall& call) {
    const auto status = call.arguments.operand("STATUS");
    int number = call.state.status;
    if (!status.empty()) {
        const auto end = status.data() + status.size();
        const auto [stop, problem] = std::from_chars(status.data(), end, number);
        if (problem != std::errc{} || stop != end || number < 0 || number > 255)
            return make_error(ErrorCode::usage, "shell", "a status is a number from 0 to 255",
                              status);
    }
    call.state.leaving = number;
    return Value::object();
}

CommandSpec set_spec() {
    auto made = command_spec("set", "Set variables of this shell, or list them",
                             {repeated(optional("NAME=VALUE", ValueKind::text, "The variables"))});
    made.description =
        "'$NAME' stands for the value, in '|' programs too. '$?' is the status of the last "
        "command, "
        "'$!' the last job, '$listening' the address of the server that was last started with '&'.";
    made.examples = {{"set server=cs://127.0.0.1:6789", "Then: ls $server/"}};
    return made;
}

CommandSpec alias_spec() {
    auto made = command_spec("alias", "Give a command a short name, or list those there are",
                             {repeated(optional("NAME=COMMAND", ValueKind::text, "The aliases"))});
    made.examples = {{"alias ll='cs ls --recursive'", "Then: ll cs://127.0.0.1:6789/"}};
    return made;
}

}  // namespace

void add_language_builtins(BuiltinTable& table, std::function<Executor&()> executor) {
    table.add({set_spec(), set_variables});
    table.add({command_spec("unset", "Forget variables",
                            {repeated(required("NAME", ValueKind::text, "The variables"))}),
               unset});
    table.add({alias_spec(), alias});
    table.add({command_spec("unalias", "Forget aliases",
                            {repeated(required("NAME", ValueKind::text, "The aliases"))}),
               unalias});
    table.add({command_spec("echo", "Print words",
                            {repeated(optional("WORD", ValueKind::text, "The words"))}),
               echo});
    table.add({command_spec("source", "Run the commands of a file in this shell",
                            {required("FILE", ValueKind::path, "The file")}),
               [executor](BuiltinCall& call) { return source(executor(), call); }});
    for (const char* name : {"exit", "quit"})
        table.add({command_spec(name, "Leave the shell",
                                {optional("STATUS", ValueKind::text, "The exit status, 0 to 255")}),
                   leave});
}

}  // namespace gantry::host
