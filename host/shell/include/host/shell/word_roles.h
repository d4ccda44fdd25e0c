#pragma once

#include <gantry/command/spec.h>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace gantry::host {

enum class WordRole : std::uint8_t {
    option,     // "--json", "--name=value", "-xVALUE"
    value,      // of the option before it
    operand,    //
    separator,  // "--"
};

struct ClassifiedWord {
    WordRole role = WordRole::operand;
    const OptionSpec* option = nullptr;  // of an option that is known, and of its value
    std::size_t operand = 0;             // the how-manyth operand, from 0
    bool wants_value = false;            // an option whose value is the next word
};

// What each word after a command's name is, also when the line is not whole or not right: the
// parser judges, this only tells. The pointers are into `spec`.
std::vector<ClassifiedWord> classify_words(const CommandSpec& spec,
                                           std::span<const std::string> words);

// The spec of the how-manyth operand, or null beyond the last.
const OperandSpec* operand_at(const CommandSpec& spec, std::size_t index);

const OptionSpec* find_option(const CommandSpec& spec, std::string_view name);

}  // namespace gantry::host
