#include <host/shell/lexer.h>
#include <host/shell/partial_line.h>

namespace gantry::host {
namespace {

class Reader {
  public:
    explicit Reader(std::string_view text) : text_(text) {}
    PartialLine read() {
        for (; at_ < text_.size(); ++at_) {
            if (line_.quote != 0)
                quoted(text_[at_]);
            else
                plain(text_[at_]);
        }
        if (!in_word_) line_.begin = text_.size();
        find_variable();
        return line_;
    }

  private:
    void begin_word() {
        if (!in_word_) line_.begin = at_;
        in_word_ = true;
    }
    void end_word() {
        if (in_word_ && !line_.redirect) line_.before.push_back(line_.word);
        if (in_word_) line_.redirect = false;
        line_.word.clear();
        in_word_ = false;
    }
    void new_command() {
        end_word();
        line_.before.clear();
        line_.redirect = line_.program = false;
    }
    void quoted(char c) {
        if (c == line_.quote) {
            line_.quote = 0;
        } else if (c == '\\' && line_.quote == '"' && at_ + 1 < text_.size()) {
            line_.word += text_[++at_];
        } else {
            line_.word += c;
        }
    }
    void plain(char c) {
        if (c == ' ' || c == '\t') {
            end_word();
        } else if (c == ';' || c == '\n' || c == '&') {
            new_command();
        } else if (c == '|') {
            const bool twice = at_ + 1 < text_.size() && text_[at_ + 1] == '|';
            if (twice) ++at_;
            new_command();
            line_.program = !twice;
        } else if (c == '>') {
            end_word();
            line_.redirect = true;
        } else if (c == '\'' || c == '"') {
            begin_word();
            line_.quote = c;
        } else {
            begin_word();
            if (c == '\\' && at_ + 1 < text_.size()) c = text_[++at_];
            line_.word += c;
        }
    }
    void find_variable() {
        if (!in_word_ || line_.quote == '\'') return;
        std::size_t first = text_.size();
        while (first > line_.begin && is_name_character(text_[first - 1])) --first;
        const bool dollar = first > line_.begin && text_[first - 1] == '$';
        const bool escaped = dollar && first >= 2 && text_[first - 2] == '\\';
        if (!dollar || escaped) return;
        line_.variable = true;
        line_.word = std::string(text_.substr(first));
        line_.begin = first;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    PartialLine line_;
    bool in_word_ = false;
};

}  // namespace

PartialLine read_partial_line(std::string_view text) { return Reader(text).read(); }

}  // namespace gantry::host
