#include <host/shell/word_roles.h>

namespace gantry::host {
namespace {

const OptionSpec* find_letter(const CommandSpec& spec, char letter) {
    for (const auto& option : spec.options)
        if (option.letter != 0 && option.letter == letter) return &option;
    return nullptr;
}

ClassifiedWord long_option(const CommandSpec& spec, std::string_view word) {
    const auto equals = word.find('=');
    const auto* option = find_option(spec, word.substr(2, equals - 2));
    const bool open = option && !option->flag && equals == std::string_view::npos;
    return {WordRole::option, option, 0, open};
}

// "-x", "-xVALUE", or flags joined as "-abc".
ClassifiedWord short_options(const CommandSpec& spec, std::string_view word) {
    const OptionSpec* option = nullptr;
    for (std::size_t i = 1; i < word.size(); ++i) {
        option = find_letter(spec, word[i]);
        if (!option) break;
        if (!option->flag) return {WordRole::option, option, 0, i + 1 == word.size()};
    }
    return {WordRole::option, option, 0, false};
}

}  // namespace

const OptionSpec* find_option(const CommandSpec& spec, std::string_view name) {
    for (const auto& option : spec.options)
        if (option.name == name) return &option;
    return nullptr;
}

const OperandSpec* operand_at(const CommandSpec& spec, std::size_t index) {
    for (std::size_t i = 0; i < spec.operands.size(); ++i)
        if (i == index || spec.operands[i].repeated) return &spec.operands[i];
    return nullptr;
}

std::vector<ClassifiedWord> classify_words(const CommandSpec& spec,
                                           std::span<const std::string> words) {
    std::vector<ClassifiedWord> classified;
    std::size_t operands = 0;
    bool ended = false;
    for (const auto& word : words) {
        const bool takes = !classified.empty() && classified.back().wants_value;
        if (takes) {
            classified.push_back({WordRole::value, classified.back().option, 0, false});
        } else if (!ended && word == "--") {
            ended = true;
            classified.push_back({WordRole::separator, nullptr, 0, false});
        } else if (!ended && word.size() > 2 && word.rfind("--", 0) == 0) {
            classified.push_back(long_option(spec, word));
        } else if (!ended && word.size() > 1 && word[0] == '-') {
            classified.push_back(short_options(spec, word));
        } else {
            classified.push_back({WordRole::operand, nullptr, operands++, false});
        }
    }
    return classified;
}

}  // namespace gantry::host
