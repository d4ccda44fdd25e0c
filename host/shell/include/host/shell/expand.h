#pragma once

#include <gantry/core/result.h>
#include <host/shell/syntax.h>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gantry::host {

using VariableLookup = std::function<std::optional<std::string>(std::string_view name)>;

// Puts a word together: variables become their values (one word stays one word, whatever the value
// holds), and a leading unquoted "~" or "~/" becomes $HOME. usage: a variable that is not set;
// limit: a word beyond shell_limits::kValueBytes.
Result<std::string> expand_word(const Word& word, const VariableLookup& lookup);
Result<std::vector<std::string>> expand_words(const std::vector<Word>& words,
                                              const VariableLookup& lookup);

// Writes a word so that the parser reads it back as the same word.
std::string quote_word(std::string_view word);

}  // namespace gantry::host
