#include <host/shell/lexer.h>

#include <algorithm>
#include <cctype>

namespace gantry::host {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }
bool ends_word(char c) {
    return is_blank(c) || c == '\n' || c == ';' || c == '&' || c == '|' || c == '>';
}
bool is_special_variable(char c) { return c == '?' || c == '!'; }

void add_literal(Word& word, char c, bool quoted) {
    auto& parts = word.parts;
    const bool joins = !parts.empty() && parts.back().kind == WordPart::Kind::literal &&
                       parts.back().quoted == quoted;
    if (!joins) parts.push_back({WordPart::Kind::literal, {}, quoted});
    parts.back().text += c;
}

bool all_digits(const Word& word) {
    if (word.parts.size() != 1 || word.parts[0].quoted) return false;
    const auto& text = word.parts[0].text;
    return word.parts[0].kind == WordPart::Kind::literal &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// How far a line for /bin/sh goes: to a ';', '&', '&&', '||' or newline outside its quotes.
std::size_t program_length(std::string_view text) {
    char quote = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\\' && quote != '\'') {
            ++i;
        } else if (quote != 0) {
            if (c == quote) quote = 0;
        } else if (c == '\'' || c == '"') {
            quote = c;
        } else if (c == '\n' || c == ';') {
            return i;
        } else if (c == '&') {
            const bool redirects =
                (i > 0 && text[i - 1] == '>') || (i + 1 < text.size() && text[i + 1] == '>');
            if (!redirects) return i;
        } else if (c == '|' && i + 1 < text.size() && text[i + 1] == '|') {
            return i;
        }
    }
    return text.size();
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return text;
}

}  // namespace

bool is_name_character(char c) noexcept {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

Error syntax_error(Place place, std::string message) {
    std::string where = "column " + std::to_string(place.column);
    if (place.line > 1) where = "line " + std::to_string(place.line) + ", " + where;
    return make_error(ErrorCode::usage, "shell", std::move(message), std::move(where));
}

char Lexer::peek(std::size_t ahead) const {
    return offset_ + ahead < text_.size() ? text_[offset_ + ahead] : '\0';
}

void Lexer::advance(std::size_t count) {
    for (; count > 0 && !at_end(); --count) {
        if (text_[offset_++] == '\n') {
            ++place_.line;
            place_.column = 1;
        } else {
            ++place_.column;
        }
    }
}

void Lexer::skip_blanks() {
    for (;;) {
        if (!at_end() && is_blank(peek())) {
            advance();
        } else if (peek() == '\\' && peek(1) == '\n') {
            advance(2);
        } else if (peek() == '#') {
            while (!at_end() && peek() != '\n') advance();
        } else {
            return;
        }
    }
}

Token Lexer::make(TokenKind kind, std::size_t length) {
    Token token{kind, {}, {}, place_, offset_, offset_ + length};
    advance(length);
    return token;
}

Result<Token> Lexer::next() {
    skip_blanks();
    if (at_end()) return make(TokenKind::end, 0);
    switch (peek()) {
        case '\n':
            return make(TokenKind::newline, 1);
        case ';':
            return make(TokenKind::semicolon, 1);
        case '&':
            return peek(1) == '&' ? make(TokenKind::and_if, 2) : make(TokenKind::ampersand, 1);
        case '>':
            return peek(1) == '>' ? make(TokenKind::great_great, 2) : make(TokenKind::great, 1);
        case '|':
            if (peek(1) == '|') return make(TokenKind::or_if, 2);
            return pipe();
        case '<':
            return syntax_error(place_, "input cannot be redirected; quote the '<' if it is meant");
        default:
            return word();
    }
}

Result<Token> Lexer::pipe() {
    const std::size_t length = program_length(text_.substr(offset_ + 1));
    const std::string program(trimmed(text_.substr(offset_ + 1, length)));
    if (program.empty()) {
        return syntax_error(place_, "a program must follow '|', as in: help | less");
    }
    Token token = make(TokenKind::pipe, 1 + length);
    token.program = program;
    return token;
}

Result<Token> Lexer::word() {
    Token token{TokenKind::word, {{}, place_}, {}, place_, offset_, offset_};
    while (!at_end() && !ends_word(peek())) {
        if (auto done = word_piece(token.word); !done) return std::move(done).error();
    }
    if (peek() == '>' && all_digits(token.word)) {
        return syntax_error(token.place,
                            "only standard output can be redirected; put a blank after the number "
                            "if it is an operand");
    }
    token.end = offset_;
    return token;
}

Result<void> Lexer::word_piece(Word& word) {
    switch (peek()) {
        case '\'':
            return single_quoted(word);
        case '"':
            return double_quoted(word);
        case '$':
            return variable(word, false);
        case '\\':
            if (offset_ + 1 >= text_.size()) {
                return syntax_error(place_,
                                    "a character must follow '\\'; write '\\\\' for itself");
            }
            if (peek(1) != '\n') add_literal(word, peek(1), true);
            advance(2);
            return {};
        default:
            add_literal(word, peek(), false);
            advance();
            return {};
    }
}

Result<void> Lexer::single_quoted(Word& word) {
    const Place opened = place_;
    word.parts.push_back({WordPart::Kind::literal, {}, true});
    advance();
    while (!at_end() && peek() != '\'') {
        word.parts.back().text += peek();
        advance();
    }
    if (at_end()) return syntax_error(opened, "this quote is never closed; add a '");
    advance();
    return {};
}

Result<void> Lexer::double_quoted(Word& word) {
    const Place opened = place_;
    word.parts.push_back({WordPart::Kind::literal, {}, true});
    advance();
    while (!at_end() && peek() != '"') {
        const char c = peek();
        const char after = peek(1);
        if (c == '$') {
            if (auto done = variable(word, true); !done) return done;
        } else if (c == '\\' && (after == '"' || after == '\\' || after == '$')) {
            add_literal(word, after, true);
            advance(2);
        } else {
            add_literal(word, c, true);
            advance();
        }
    }
    if (at_end()) return syntax_error(opened, "this quote is never closed; add a \"");
    advance();
    return {};
}

Result<void> Lexer::variable(Word& word, bool quoted) {
    const Place begin = place_;
    const bool braces = peek(1) == '{';
    std::size_t first = offset_ + (braces ? 2 : 1);
    std::size_t last = first;
    if (last < text_.size() && is_special_variable(text_[last])) {
        ++last;
    } else {
        while (last < text_.size() && is_name_character(text_[last])) ++last;
    }
    if (last == first) {
        return syntax_error(begin, "a variable's name must follow '$'; write '\\$' for itself");
    }
    if (braces && (last >= text_.size() || text_[last] != '}')) {
        return syntax_error(begin, "this '${' is never closed; add a '}' after the name");
    }
    word.parts.push_back(
        {WordPart::Kind::variable, std::string(text_.substr(first, last - first)), quoted});
    advance(last - offset_ + (braces ? 1 : 0));
    return {};
}

}  // namespace gantry::host
