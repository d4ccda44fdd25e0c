#include <gantry/command/parser.h>

#include <cstdlib>

namespace {

gantry::CommandSpec make_spec() {
    using gantry::ValueKind;
    gantry::CommandSpec spec;
    spec.name = "fuzz run";
    spec.summary = "Every kind of option and operand";
    spec.options = {
        {.name = "flag", .letter = 'f', .flag = true, .summary = "Flag"},
        {.name = "quiet", .letter = 'q', .flag = true, .repeatable = true, .summary = "Flag"},
        {.name = "size", .letter = 's', .kind = ValueKind::size, .summary = "Size"},
        {.name = "rate", .kind = ValueKind::rate, .summary = "Rate"},
        {.name = "time", .letter = 't', .kind = ValueKind::duration, .summary = "Time"},
        {.name = "count", .letter = 'n', .kind = ValueKind::integer, .summary = "Count"},
        {.name = "listen", .kind = ValueKind::host_port, .summary = "Address"},
        {.name = "mode", .kind = ValueKind::choice, .summary = "Mode", .choices = {"on", "off"}},
        {.name = "header", .letter = 'h', .repeatable = true, .summary = "Header"}};
    spec.operands = {{.name = "URL", .kind = ValueKind::url, .summary = "URL"},
                     {.name = "FILE", .summary = "File", .repeated = true},
                     {.name = "JOB", .kind = ValueKind::job, .summary = "Job"}};
    return spec;
}

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    for (;;) {
        const auto end = text.find('\n');
        lines.emplace_back(text.substr(0, end));
        if (end == text.npos) return lines;
        text.remove_prefix(end + 1);
    }
}

}  // namespace

// One word a line. What the parser lets through, every typed getter can read.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto spec = make_spec();
    if (!gantry::lint(spec)) std::abort();
    const auto words = lines_of({reinterpret_cast<const char*>(data), size});
    const auto parsed = gantry::parse_arguments(spec, words);
    if (!parsed) {
        if (parsed.error().code != gantry::ErrorCode::usage) std::abort();
        return 0;
    }
    const bool read = parsed->size("size").has_value() == parsed->text("size").has_value() &&
                      parsed->rate("rate").has_value() == parsed->text("rate").has_value() &&
                      parsed->duration("time").has_value() == parsed->text("time").has_value() &&
                      parsed->integer("count").has_value() == parsed->text("count").has_value() &&
                      parsed->host_port("listen").has_value() == parsed->text("listen").has_value();
    if (!read || parsed->operands("FILE").empty() || parsed->operand("JOB").empty()) std::abort();
    return 0;
}
