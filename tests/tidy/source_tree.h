#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace gantry::tidy {

struct SourceFile {
    std::string path;                   // from the top of the tree, with '/'
    std::string text;                   // as it stands
    std::string code;                   // comments and the insides of literals blanked, lines kept
    std::vector<std::string> includes;  // what stands between the quotes or angle brackets
};

// The .h and .cpp files below the given top-level folders, by path.
std::vector<SourceFile> read_sources(const std::vector<std::string>& folders);

// A C++ text with comments, string and character literals (raw ones too) replaced by spaces. Lines
// keep their numbers.
std::string blank_comments_and_literals(const std::string& text);

struct Function {
    std::string head;  // the text before its brace, on one line
    std::size_t first_line = 0;
    std::size_t lines = 0;
};

// The outermost function bodies of blanked code, found by their braces.
std::vector<Function> find_functions(const std::string& code);

}  // namespace gantry::tidy
