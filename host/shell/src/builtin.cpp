#include <host/shell/builtin.h>

namespace gantry::host {

void BuiltinTable::add(Builtin builtin) {
    auto name = builtin.spec.name;
    builtins_.insert_or_assign(std::move(name), std::move(builtin));
}

const Builtin* BuiltinTable::find(std::string_view name) const {
    const auto found = builtins_.find(name);
    return found == builtins_.end() ? nullptr : &found->second;
}

bool BuiltinTable::owns(std::string_view name) const {
    if (builtins_.contains(name)) return true;
    const std::string group = std::string(name.substr(0, name.find(' '))) + ' ';
    const auto at = builtins_.lower_bound(group);
    return at != builtins_.end() && at->first.starts_with(group);
}

std::vector<CommandSpec> BuiltinTable::specs() const {
    std::vector<CommandSpec> specs;
    for (const auto& [name, builtin] : builtins_) specs.push_back(builtin.spec);
    return specs;
}

CommandSpec command_spec(std::string name, std::string summary, std::vector<OperandSpec> operands) {
    CommandSpec made;
    made.name = std::move(name);
    made.summary = std::move(summary);
    made.operands = std::move(operands);
    return made;
}

OperandSpec required(std::string name, ValueKind kind, std::string summary) {
    OperandSpec operand;
    operand.name = std::move(name);
    operand.kind = kind;
    operand.summary = std::move(summary);
    return operand;
}

OperandSpec optional(std::string name, ValueKind kind, std::string summary) {
    auto operand = required(std::move(name), kind, std::move(summary));
    operand.optional = true;
    return operand;
}

OperandSpec repeated(OperandSpec operand) {
    operand.repeated = true;
    return operand;
}

OptionSpec flag(std::string name, char letter, std::string summary) {
    OptionSpec option;
    option.name = std::move(name);
    option.letter = letter;
    option.flag = true;
    option.summary = std::move(summary);
    return option;
}

OptionSpec valued(std::string name, char letter, ValueKind kind, std::string placeholder,
                  std::string summary) {
    auto option = flag(std::move(name), letter, std::move(summary));
    option.flag = false;
    option.kind = kind;
    option.placeholder = std::move(placeholder);
    return option;
}

}  // namespace gantry::host
