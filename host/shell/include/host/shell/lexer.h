#pragma once

#include <gantry/core/result.h>
#include <host/shell/syntax.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace gantry::host {

enum class TokenKind : std::uint8_t {
    word,
    semicolon,
    newline,
    and_if,       // &&
    or_if,        // ||
    ampersand,    // &
    pipe,         // | and the line for /bin/sh after it
    great,        // >
    great_great,  // >>
    end,
};

struct Token {
    TokenKind kind = TokenKind::end;
    Word word;            // of a word
    std::string program;  // of a pipe
    Place place;
    std::size_t begin = 0;  // offsets in the text
    std::size_t end = 0;
};

// Whether it may be part of a variable's name.
bool is_name_character(char c) noexcept;

// Cuts the shell language into tokens. Every failure is ErrorCode::usage and says where. `text`
// outlives the lexer and holds no NUL (parse_script sees to that).
class Lexer {
  public:
    explicit Lexer(std::string_view text, std::size_t first_line = 1)
        : text_(text), place_{first_line, 1} {}
    Result<Token> next();
    bool at_end() const { return offset_ >= text_.size(); }

  private:
    char peek(std::size_t ahead = 0) const;
    void advance(std::size_t count = 1);
    void skip_blanks();
    Token make(TokenKind kind, std::size_t length);
    Result<Token> word();
    Result<Token> pipe();
    Result<void> word_piece(Word& word);
    Result<void> single_quoted(Word& word);
    Result<void> double_quoted(Word& word);
    Result<void> variable(Word& word, bool quoted);

    std::string_view text_;
    std::size_t offset_ = 0;
    Place place_;
};

// ErrorCode::usage at a place: "line 2, column 7: ...", or "column 7: ..." on the first line.
Error syntax_error(Place place, std::string message);

}  // namespace gantry::host
