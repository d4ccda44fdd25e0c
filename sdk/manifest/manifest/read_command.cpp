#include "manifest/read_command.h"

#include <gantry/command/parser.h>
#include <gantry/plugin/manifest.h>

#include <array>

#include "manifest/forms.h"

namespace gantry::manifest {
namespace {

constexpr auto kItems = manifest_limits::kOptions;
constexpr std::array<std::string_view, 13> kKindNames{
    "text",      "integer", "size",   "rate", "duration", "path",   "folder",
    "host_port", "url",     "choice", "job",  "plugin",   "command"};
constexpr std::array<std::string_view, 2> kExecutionNames{"event", "blocking"};

OptionSpec read_option(Fields& fields) {
    OptionSpec option;
    option.name = fields.text("name", Need::required, form::kWord);
    const auto letter = fields.text("letter", Need::optional, form::kLetter);
    option.letter = letter.empty() ? '\0' : letter.front();
    option.flag = fields.flag("flag");
    option.repeatable = fields.flag("repeatable");
    option.kind = read_kind(fields);
    option.placeholder = fields.text("placeholder", Need::optional, form::kLine);
    option.summary = fields.text("summary", Need::required, form::kSummary);
    option.fallback = fields.text("default", Need::optional, form::kLine);
    option.choices = fields.texts("choices", form::kCompact, kItems);
    return option;
}

OperandSpec read_operand(Fields& fields) {
    OperandSpec operand;
    operand.name = fields.text("name", Need::required, form::kCompact);
    operand.kind = read_kind(fields);
    operand.summary = fields.text("summary", Need::required, form::kSummary);
    operand.optional = fields.flag("optional");
    operand.repeated = fields.flag("repeated");
    operand.choices = fields.texts("choices", form::kCompact, kItems);
    return operand;
}

ExampleSpec read_example(Fields& fields) {
    return {fields.text("line", Need::required, form::kLine),
            fields.text("summary", Need::required, form::kSummary)};
}

}  // namespace

std::span<const std::string_view> kind_names() noexcept { return kKindNames; }

ValueKind read_kind(Fields& fields) {
    return static_cast<ValueKind>(fields.one_of("kind", kKindNames));
}

CommandSpec read_command(Fields& fields) {
    CommandSpec spec;
    spec.name = fields.text("name", Need::required, form::kWords);
    spec.summary = fields.text("summary", Need::required, form::kSummary);
    spec.description = fields.text("description", Need::optional, form::kDescription);
    spec.execution = static_cast<Execution>(fields.one_of("execution", kExecutionNames));
    spec.options = fields.list<OptionSpec>("options", kItems, read_option);
    spec.operands = fields.list<OperandSpec>("operands", kItems, read_operand);
    spec.examples = fields.list<ExampleSpec>("examples", kItems, read_example);
    if (fields.reading().problem) return spec;
    if (auto good = lint(spec); !good)
        fields.reading().refuse(fields.where(), describe(good.error()));
    return spec;
}

}  // namespace gantry::manifest
