#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gantry::host {

// The command that is being typed at the end of a line, as far as it is there.
struct PartialLine {
    std::vector<std::string> before;  // whole words of this command before the one at the end
    std::string word;                 // the word at the end, without quotes; may be empty
    std::size_t begin = 0;            // where that word begins, its quote included
    char quote = 0;                   // the quote that is open in it
    bool variable = false;            // the word ends in "$name"; `word` is that name
    bool redirect = false;            // the word is a file to redirect to
    bool program = false;             // after '|': not the shell's to complete
};

// Never fails: it takes a line as far as it goes.
PartialLine read_partial_line(std::string_view text);

}  // namespace gantry::host
