#include <host/shell/expand.h>
#include <host/shell/lexer.h>
#include <host/shell/limits.h>

#include <algorithm>
#include <cctype>

namespace gantry::host {
namespace {

bool starts_with_tilde(const Word& word) {
    const auto& part = word.parts[0];
    if (part.kind != WordPart::Kind::literal || part.quoted) return false;
    return part.text.rfind("~/", 0) == 0 || (part.text == "~" && word.parts.size() == 1);
}

bool is_plain(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
           std::string_view("_-./:,+=@%^").find(c) != std::string_view::npos ||
           (static_cast<unsigned char>(c) & 0x80U) != 0;
}

Result<std::string> part_value(const Word& word, const WordPart& part,
                               const VariableLookup& lookup) {
    if (part.kind == WordPart::Kind::literal) return part.text;
    if (auto value = lookup(part.text)) return std::move(*value);
    return syntax_error(word.place, "there is no variable '" + part.text + "'; set it with: set " +
                                        part.text + "=VALUE");
}

}  // namespace

Result<std::string> expand_word(const Word& word, const VariableLookup& lookup) {
    std::string text;
    for (std::size_t i = 0; i < word.parts.size(); ++i) {
        auto value = part_value(word, word.parts[i], lookup);
        if (!value) return value;
        if (i == 0 && starts_with_tilde(word)) {
            if (auto home = lookup("HOME")) value->replace(0, 1, *home);
        }
        text += *value;
        if (text.size() > shell_limits::kValueBytes) {
            return make_error(ErrorCode::limit, "shell", "a word has at most 64 KiB");
        }
    }
    return text;
}

Result<std::vector<std::string>> expand_words(const std::vector<Word>& words,
                                              const VariableLookup& lookup) {
    std::vector<std::string> texts;
    texts.reserve(words.size());
    for (const auto& word : words) {
        auto text = expand_word(word, lookup);
        if (!text) return std::move(text).error();
        texts.push_back(std::move(*text));
    }
    return texts;
}

std::string quote_word(std::string_view word) {
    if (!word.empty() && std::all_of(word.begin(), word.end(), is_plain)) return std::string(word);
    std::string text = "'";
    for (const char c : word) {
        if (c == '\'')
            text += "'\\''";
        else
            text += c;
    }
    return text + "'";
}

}  // namespace gantry::host
