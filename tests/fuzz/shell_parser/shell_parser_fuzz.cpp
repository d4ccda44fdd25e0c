#include <host/shell/expand.h>
#include <host/shell/parser.h>
#include <host/shell/partial_line.h>

#include <cstdlib>

namespace {

using namespace gantry::host;

std::optional<std::string> lookup(std::string_view name) {
    if (name.size() % 2 == 0) return std::nullopt;
    return "value with 'quotes' and blanks";
}

// What the parser takes, it takes again from the text that it kept.
void check_command(const SimpleCommand& command) {
    if (command.words.empty()) std::abort();
    auto again = parse_script(command.text);
    if (!again || again->chains.size() != 1 || again->chains[0].steps.size() != 1) std::abort();
    if (again->chains[0].steps[0].command.words.size() != command.words.size()) std::abort();
    for (const auto& word : command.words) {
        auto value = expand_word(word, lookup);
        if (!value) continue;
        auto quoted = parse_script("x " + quote_word(*value));
        if (!quoted) std::abort();
        auto read = expand_word(quoted->chains.at(0).steps.at(0).command.words.at(1), lookup);
        if (!read || *read != *value) std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto partial = read_partial_line(text);
    if (partial.begin > size) std::abort();
    auto script = parse_script(text);
    if (!script) {
        const auto code = script.error().code;
        if (code != gantry::ErrorCode::usage && code != gantry::ErrorCode::limit) std::abort();
        return 0;
    }
    for (const auto& chain : script->chains)
        for (const auto& step : chain.steps) check_command(step.command);
    return 0;
}
