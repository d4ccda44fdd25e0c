#pragma once

#include <gantry/command/spec.h>

#include <sstream>
#include <string>
#include <vector>

namespace gantry {

// A command with every kind of option, one repeated operand and a fixed tail.
inline CommandSpec sample_spec() {
    CommandSpec spec;
    spec.name = "cs put";
    spec.summary = "Send files to a server";
    spec.options = {
        {.name = "quiet", .letter = 'q', .flag = true, .summary = "Print nothing"},
        {.name = "verbose",
         .letter = 'v',
         .flag = true,
         .repeatable = true,
         .summary = "Print more"},
        {.name = "output",
         .letter = 'o',
         .kind = ValueKind::path,
         .placeholder = "FILE",
         .summary = "Where to"},
        {.name = "header", .letter = 'H', .repeatable = true, .summary = "A line more"},
        {.name = "limit-rate", .kind = ValueKind::rate, .summary = "How fast"},
        {.name = "retries", .kind = ValueKind::integer, .summary = "How often", .fallback = "3"},
        {.name = "over",
         .kind = ValueKind::choice,
         .summary = "Transport",
         .fallback = "tcp",
         .choices = {"tcp", "rudp"}}};
    spec.operands = {{.name = "FILE", .kind = ValueKind::path, .summary = "What", .repeated = true},
                     {.name = "URL", .kind = ValueKind::url, .summary = "To where"}};
    spec.examples = {{"cs put -q a.txt 'b c.txt' cs://host:1/", "Two files"}};
    return spec;
}

// "a b c" as three words.
inline std::vector<std::string> words(const std::string& line) {
    std::istringstream in(line);
    std::vector<std::string> result;
    for (std::string word; in >> word;) result.push_back(word);
    return result;
}

}  // namespace gantry
