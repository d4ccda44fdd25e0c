#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace gantry::host {

// The syntax tree of the shell language; docs/shell.md has the grammar.

struct WordPart {
    enum class Kind : std::uint8_t { literal, variable };
    Kind kind = Kind::literal;
    std::string text;     // the bytes, or the variable's name
    bool quoted = false;  // inside quotes, or escaped
    bool operator==(const WordPart&) const = default;
};

struct Place {
    std::size_t line = 1;
    std::size_t column = 1;  // in bytes
    bool operator==(const Place&) const = default;
};

struct Word {
    std::vector<WordPart> parts;
    Place place;
    bool operator==(const Word&) const = default;
};

struct Redirect {
    Word target;
    bool append = false;
    bool operator==(const Redirect&) const = default;
};

// One command with where its output goes.
struct SimpleCommand {
    std::vector<Word> words;
    std::optional<Redirect> redirect;
    std::string program;  // after '|': a line for /bin/sh; empty: none
    std::string text;     // as typed
    Place place;
    bool operator==(const SimpleCommand&) const = default;
};

enum class Joint : std::uint8_t { first, and_then, or_else };

struct Step {
    Joint joint = Joint::first;
    SimpleCommand command;
    bool operator==(const Step&) const = default;
};

// Commands joined by && and ||, run in the foreground or, with '&', behind it.
struct Chain {
    std::vector<Step> steps;
    bool background = false;
    bool operator==(const Chain&) const = default;
};

struct Script {
    std::vector<Chain> chains;
    bool operator==(const Script&) const = default;
};

}  // namespace gantry::host
