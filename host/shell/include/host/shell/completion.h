#pragma once

#include <host/shell/command_catalog.h>

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace gantry::host {

// What completion may ask for. Each answers the names that begin with `prefix`; null: none.
struct CompletionSources {
    using Names = std::function<std::vector<std::string>(std::string_view prefix)>;
    const CommandCatalog* catalog = nullptr;
    Names paths;    // folders end in '/'
    Names folders;  // those of them that are folders
    Names jobs;     // "%3"
    Names plugins;
    Names aliases;
    Names settings;
    Names variables;
};

// What may stand at the cursor in place of the word there.
struct Completions {
    std::size_t begin = 0;           // where that word begins in the line
    std::vector<std::string> words;  // what to write there, quoted as the shell wants it; sorted
    std::vector<std::string> shown;  // the same, for a list to look at
    std::string common;              // the longest start that all of `words` share
    bool closed = false;             // one word, and it is whole: a blank may follow
};

// Looks at the part of `line` before `cursor` alone. Runs no plugin code.
Completions complete(const CompletionSources& sources, std::string_view line, std::size_t cursor);

}  // namespace gantry::host
