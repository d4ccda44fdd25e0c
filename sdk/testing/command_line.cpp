#include "command_line.h"

#include <gantry/command/parser.h>

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace gantry::testing::detail {

namespace {

// Reads words off a line, one character at a time.
class Splitter {
  public:
    void take(char c) {
        if (escaped_ || (quote_ != 0 && c != quote_ && (c != '\\' || quote_ == '\''))) {
            add(c);
            escaped_ = false;
        } else if (c == '\\') {
            escaped_ = true;
        } else if (quote_ != 0) {
            quote_ = 0;
        } else if (c == '\'' || c == '"') {
            quote_ = c;
            word_ = word_.value_or("");
        } else if (c == ' ') {
            end();
        } else {
            add(c);
        }
    }
    Result<std::vector<std::string>> finish() {
        if (quote_ != 0 || escaped_)
            return make_error(ErrorCode::usage, "testing", "the line ends within a quote");
        end();
        return std::move(words_);
    }

  private:
    void add(char c) { word_ = word_.value_or("") + c; }
    void end() {
        if (word_) words_.push_back(*std::exchange(word_, std::nullopt));
    }
    std::vector<std::string> words_;
    std::optional<std::string> word_;
    char quote_ = 0;
    bool escaped_ = false;
};

Result<std::vector<std::string>> split(std::string_view line) {
    Splitter splitter;
    for (const char c : line) splitter.take(c);
    return splitter.finish();
}

std::string joined(std::span<const std::string> words) {
    std::string text;
    for (const auto& word : words) text += (text.empty() ? "" : " ") + word;
    return text;
}

}  // namespace

Result<CommandLine> parse_command_line(const Manifest& manifest, std::string_view line) {
    auto words = split(line);
    if (!words) return std::move(words).error();
    const std::span<const std::string> all(*words);
    for (std::size_t count = all.size(); count > 0; --count) {
        const auto name = joined(all.first(count));
        for (const auto& spec : manifest.commands) {
            if (spec.name != name) continue;
            auto arguments = parse_arguments(spec, all.subspan(count));
            if (!arguments) return std::move(arguments).error();
            return CommandLine{&spec, std::move(*arguments)};
        }
    }
    return make_error(ErrorCode::usage, "testing", "the manifest has no such command",
                      std::string(line));
}

}  // namespace gantry::testing::detail
