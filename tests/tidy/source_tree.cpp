#include "source_tree.h"

#include <fstream>
#include <iterator>
#include <regex>

namespace gantry::tidy {

namespace fs = std::filesystem;

namespace {

std::string read_file(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> find_includes(const std::string& text) {
    static const std::regex pattern(R"(#\s*include\s*[<"]([^>"]+)[>"])");
    std::vector<std::string> found;
    for (std::sregex_iterator i(text.begin(), text.end(), pattern), end; i != end; ++i)
        found.push_back((*i)[1]);
    return found;
}

// The end of the literal or comment that starts at `at`, or `at` when none does.
std::size_t skip_from(const std::string& text, std::size_t at) {
    const auto after = [&](std::string_view mark, std::size_t from) {
        const auto found = text.find(mark, from);
        return found == std::string::npos ? text.size() : found + mark.size();
    };
    if (text.compare(at, 2, "//") == 0) return std::min(text.find('\n', at), text.size());
    if (text.compare(at, 2, "/*") == 0) return after("*/", at + 2);
    if (text.compare(at, 2, "R\"") == 0) {
        const auto open = text.find('(', at);
        return after(")" + text.substr(at + 2, open - at - 2) + "\"", open);
    }
    const char quote = text[at];
    const bool digit_separator = quote == '\'' && at > 0 && std::isalnum(text[at - 1]) != 0;
    if ((quote != '"' && quote != '\'') || digit_separator) return at;
    std::size_t i = at + 1;
    while (i < text.size() && text[i] != quote && text[i] != '\n') i += text[i] == '\\' ? 2 : 1;
    return std::min(i + 1, text.size());
}

bool opens_function(const std::string& head) {
    static const std::regex type(
        R"((^|[\s;>])(class|struct|union|enum|namespace|extern)\b[^()]*$)");
    static const std::regex call(
        R"(\)\s*(const|noexcept|override|final|mutable|&|->[^;={]*|:[^:].*|\s)*$)");
    return !std::regex_search(head, type) && std::regex_search(head, call);
}

std::string one_line(std::string head) {
    head = std::regex_replace(head, std::regex(R"(\s+)"), " ");
    return head.size() > 300 ? head.substr(head.size() - 300) : head;
}

}  // namespace

std::string blank_comments_and_literals(const std::string& text) {
    std::string out = text;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t end = skip_from(text, i);
        for (std::size_t k = i; k < end; ++k)
            if (out[k] != '\n') out[k] = ' ';
        i = std::max(end, i + 1);
    }
    return out;
}

std::vector<Function> find_functions(const std::string& code) {
    std::vector<Function> found;
    std::string head;
    std::size_t line = 1;
    std::size_t depth_inside = 0;  // braces open within the function being read; 0: outside
    std::vector<Function> open;
    for (const char c : code) {
        if (c == '\n') ++line;
        if (depth_inside > 0) {
            if (c == '{') ++depth_inside;
            if (c == '}' && --depth_inside == 0) {
                open.back().lines = line - open.back().first_line + 1;
                found.push_back(open.back());
                open.clear();
            }
        } else if (c == '{' && opens_function(one_line(head))) {
            open.push_back({one_line(head), line, 0});
            depth_inside = 1;
            head.clear();
        } else if (c == '{' || c == '}' || c == ';') {
            head.clear();
        } else {
            head += c;
        }
    }
    return found;
}

std::vector<SourceFile> read_sources(const std::vector<std::string>& folders) {
    const fs::path top = GANTRY_SOURCE_DIR;
    std::vector<SourceFile> files;
    for (const auto& folder : folders) {
        if (!fs::exists(top / folder)) continue;
        for (const auto& entry : fs::recursive_directory_iterator(top / folder)) {
            const auto kind = entry.path().extension();
            if (kind != ".h" && kind != ".cpp") continue;
            auto text = read_file(entry.path());
            files.push_back({entry.path().lexically_relative(top).generic_string(), text,
                             blank_comments_and_literals(text), find_includes(text)});
        }
    }
    std::sort(files.begin(), files.end(),
              [](const auto& a, const auto& b) { return a.path < b.path; });
    return files;
}

}  // namespace gantry::tidy
