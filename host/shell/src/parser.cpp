#include <host/shell/lexer.h>
#include <host/shell/limits.h>
#include <host/shell/parser.h>

#include <algorithm>
#include <utility>

namespace gantry::host {
namespace {

bool ends_chain(TokenKind kind) {
    return kind == TokenKind::semicolon || kind == TokenKind::newline ||
           kind == TokenKind::ampersand || kind == TokenKind::end;
}
bool joins(TokenKind kind) { return kind == TokenKind::and_if || kind == TokenKind::or_if; }

std::string shown(const Token& token) {
    switch (token.kind) {
        case TokenKind::semicolon:
            return "';'";
        case TokenKind::newline:
            return "the end of the line";
        case TokenKind::and_if:
            return "'&&'";
        case TokenKind::or_if:
            return "'||'";
        case TokenKind::ampersand:
            return "'&'";
        case TokenKind::pipe:
            return "'|'";
        case TokenKind::great:
            return "'>'";
        case TokenKind::great_great:
            return "'>>'";
        case TokenKind::word:
            return "a word";
        case TokenKind::end:
            break;
    }
    return "the end";
}

// Recursive descent, two levels deep; the depth does not hang on the input.
class Parser {
  public:
    Parser(std::string_view text, std::size_t first_line) : text_(text), lexer_(text, first_line) {}
    Result<Script> script();

  private:
    Result<void> step();
    Result<Chain> chain();
    Result<SimpleCommand> command();
    Result<void> command_part(SimpleCommand& into);
    Result<void> redirect(SimpleCommand& into);

    std::string_view text_;
    Lexer lexer_;
    Token token_;
    std::size_t last_end_ = 0;  // of the token before
    std::size_t commands_ = 0;
};

Result<void> Parser::step() {
    last_end_ = token_.end;
    auto next = lexer_.next();
    if (!next) return std::move(next).error();
    token_ = std::move(*next);
    return {};
}

Result<Script> Parser::script() {
    Script script;
    if (auto first = step(); !first) return std::move(first).error();
    while (token_.kind != TokenKind::end) {
        if (token_.kind == TokenKind::newline || token_.kind == TokenKind::semicolon) {
            if (auto next = step(); !next) return std::move(next).error();
            continue;
        }
        auto chain = this->chain();
        if (!chain) return std::move(chain).error();
        script.chains.push_back(std::move(*chain));
    }
    return script;
}

Result<Chain> Parser::chain() {
    Chain chain;
    Joint joint = Joint::first;
    for (;;) {
        auto command = this->command();
        if (!command) return std::move(command).error();
        chain.steps.push_back({joint, std::move(*command)});
        if (!joins(token_.kind)) break;
        joint = token_.kind == TokenKind::and_if ? Joint::and_then : Joint::or_else;
        do {  // a line may end after && and ||
            if (auto next = step(); !next) return std::move(next).error();
        } while (token_.kind == TokenKind::newline);
    }
    chain.background = token_.kind == TokenKind::ampersand;
    if (token_.kind != TokenKind::end) {
        if (auto next = step(); !next) return std::move(next).error();
    }
    return chain;
}

Result<SimpleCommand> Parser::command() {
    SimpleCommand command;
    command.place = token_.place;
    const std::size_t begin = token_.begin;
    if (++commands_ > shell_limits::kCommands) {
        return make_error(ErrorCode::limit, "shell", "a script has at most 16384 commands");
    }
    if (token_.kind != TokenKind::word) {
        return syntax_error(token_.place, "a command must stand before " + shown(token_));
    }
    while (!ends_chain(token_.kind) && !joins(token_.kind)) {
        if (auto part = command_part(command); !part) return std::move(part).error();
    }
    command.text = std::string(text_.substr(begin, last_end_ - begin));
    return command;
}

Result<void> Parser::command_part(SimpleCommand& into) {
    if (token_.kind == TokenKind::great || token_.kind == TokenKind::great_great) {
        return redirect(into);
    }
    if (token_.kind == TokenKind::pipe) {
        if (into.redirect) {
            return syntax_error(token_.place, "output goes to a file already; drop '>' or '|'");
        }
        into.program = std::move(token_.program);
        return step();
    }
    if (into.redirect || !into.program.empty()) {
        return syntax_error(token_.place,
                            "only ';', '&', '&&', '||' or the end may follow a redirection");
    }
    if (into.words.size() >= shell_limits::kWords) {
        return make_error(ErrorCode::limit, "shell", "a command has at most 4096 words");
    }
    into.words.push_back(std::move(token_.word));
    return step();
}

Result<void> Parser::redirect(SimpleCommand& into) {
    if (into.redirect) return syntax_error(token_.place, "output goes to a file already");
    const bool append = token_.kind == TokenKind::great_great;
    if (auto next = step(); !next) return next;
    if (token_.kind != TokenKind::word) {
        return syntax_error(token_.place, "a file's name must stand before " + shown(token_));
    }
    into.redirect = Redirect{std::move(token_.word), append};
    return step();
}

Place place_of(std::string_view text, std::size_t offset) {
    const auto before = text.substr(0, offset);
    const auto line = before.rfind('\n');
    const auto lines = static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
    return {lines + 1, line == before.npos ? offset + 1 : offset - line};
}

}  // namespace

Result<Script> parse_script(std::string_view text, std::size_t first_line) {
    if (text.size() > shell_limits::kScriptBytes) {
        return make_error(ErrorCode::limit, "shell", "a script has at most 1 MiB");
    }
    if (const auto nul = text.find('\0'); nul != text.npos) {
        auto place = place_of(text, nul);
        place.line += first_line - 1;
        return syntax_error(place, "a NUL byte cannot stand in a command");
    }
    return Parser(text, first_line).script();
}

bool wants_more(std::string_view lines) {
    if (lines.find('\0') != lines.npos) return false;
    Lexer lexer(lines);
    bool joined = false;                  // after && or ||
    TokenKind last = TokenKind::newline;  // a whole line ends in one
    for (;;) {
        const auto token = lexer.next();
        if (!token) return lexer.at_end();  // a quote is open
        if (token->kind == TokenKind::end) return joined || last != TokenKind::newline;
        last = token->kind;
        if (last != TokenKind::newline) joined = joins(last);
    }
}

}  // namespace gantry::host
