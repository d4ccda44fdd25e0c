#pragma once

#include <host/shell/command_catalog.h>

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace gantry::host {

using Names = std::vector<std::string>;

// What completion may ask for. Each answers the names that begin with `prefix`; null: none.
struct CompletionSources {
    using Source = std::function<Names(std::string_view prefix)>;
    const CommandCatalog* catalog = nullptr;
    Source paths;    // folders end in '/'
    Source folders;  // those of them that are folders
    Source jobs;     // "%3"
    Source plugins;
    Source aliases;
    Source settings;
    Source variables;
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
