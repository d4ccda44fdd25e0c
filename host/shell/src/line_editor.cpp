#include <host/shell/line_editor.h>
#include <host/shell/text.h>

#include <histedit.h>
#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>

namespace gantry::host {
namespace {

constexpr int kBlockMilliseconds = 500;
constexpr int kHistoryInMemory = 10'000;

}  // namespace

struct LineEditor::State {
    explicit State(Parts given);
    ~State();
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    static State& of(EditLine* editor);
    static char* prompt_of(EditLine* editor);
    static int read_char(EditLine* editor, wchar_t* into);
    static unsigned char complete_word(EditLine* editor, int key);

    TypedLine read_line(const std::string& text);
    bool wait_for_key();  // false: give the line up
    bool take_signals();
    int decode(wchar_t* into);
    std::size_t columns_before_cursor() const;
    void repaint(const std::string& between = {});
    void list(const Completions& completions);
    void replace_word(std::size_t begin, const std::string& text);

    Parts parts;
    EditLine* editor = nullptr;
    History* history_list = nullptr;
    OwnedFd wake;
    std::string prompt;
    TypedLine::End given_up = TypedLine::End::line;
    bool block_shown = false;
};

LineEditor::State::State(Parts given)
    : parts(std::move(given)), wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    editor = ::el_init("gantry", stdin, stdout, stderr);
    history_list = ::history_init();
    HistEvent event;
    ::history(history_list, &event, H_SETSIZE, kHistoryInMemory);
    ::history(history_list, &event, H_SETUNIQUE, 1);
    ::el_set(editor, EL_CLIENTDATA, this);
    ::el_set(editor, EL_PROMPT, &State::prompt_of);
    ::el_set(editor, EL_SIGNAL, 0);
    ::el_set(editor, EL_EDITOR, "emacs");
    ::el_set(editor, EL_HIST, ::history, history_list);
    ::el_set(editor, EL_GETCFN, &State::read_char);
    ::el_set(editor, EL_ADDFN, "gantry-complete", "complete the word", &State::complete_word);
    ::el_set(editor, EL_BIND, "^I", "gantry-complete", nullptr);
    ::el_set(editor, EL_BIND, "^R", "em-inc-search-prev", nullptr);
    ::el_set(editor, EL_BIND, "\\e[1;5C", "em-next-word", nullptr);
    ::el_set(editor, EL_BIND, "\\e[1;5D", "ed-prev-word", nullptr);
    ::el_set(editor, EL_BIND, "\\e[3~", "ed-delete-next-char", nullptr);
    ::el_source(editor, nullptr);
    for (const auto& line : parts.history.load())
        ::history(history_list, &event, H_ENTER, line.c_str());
}

LineEditor::State::~State() {
    ::history_end(history_list);
    ::el_end(editor);
}

LineEditor::State& LineEditor::State::of(EditLine* editor) {
    void* data = nullptr;
    ::el_get(editor, EL_CLIENTDATA, &data);
    return *static_cast<State*>(data);
}

char* LineEditor::State::prompt_of(EditLine* editor) { return of(editor).prompt.data(); }

std::size_t LineEditor::State::columns_before_cursor() const {
    const auto* line = ::el_line(editor);
    const std::string_view typed(line->buffer,
                                 static_cast<std::size_t>(line->cursor - line->buffer));
    return display_width(prompt) + display_width(typed);
}

// Takes the line away, prints what waits, and draws the line again.
void LineEditor::State::repaint(const std::string& between) {
    parts.terminal.repaint(erase_typed_line(columns_before_cursor(), parts.terminal.columns()),
                           between);
    ::el_set(editor, EL_REFRESH);
}

bool LineEditor::State::take_signals() {
    while (const auto signal = parts.signals.next()) {
        if (*signal == SIGINT) given_up = TypedLine::End::interrupted;
        if (*signal == SIGCONT) {  // whoever ran meanwhile left the terminal in a mode of its own
            ::el_set(editor, EL_PREP_TERM, 0);
            ::el_set(editor, EL_PREP_TERM, 1);
        }
        if (*signal == SIGWINCH || *signal == SIGCONT) {
            ::el_resize(editor);
            repaint();
        }
    }
    if (parts.signals.stop_asked()) given_up = TypedLine::End::stop_asked;
    return given_up == TypedLine::End::line;
}

bool LineEditor::State::wait_for_key() {
    for (;;) {
        pollfd ready[3] = {
            {STDIN_FILENO, POLLIN, 0}, {parts.signals.fd(), POLLIN, 0}, {wake.get(), POLLIN, 0}};
        const int count = ::poll(ready, 3, kBlockMilliseconds);
        if (count < 0 && errno != EINTR) return false;
        if (ready[1].revents != 0 && !take_signals()) return false;
        std::uint64_t woken = 0;
        if (ready[2].revents != 0 && ::read(wake.get(), &woken, sizeof woken) > 0) repaint();
        if (count == 0 && parts.refresh_block) {
            const bool shows = parts.refresh_block();
            if (shows || block_shown) repaint();
            block_shown = shows;
        }
        if (ready[0].revents != 0) return true;
    }
}

int LineEditor::State::decode(wchar_t* into) {
    std::string bytes;
    for (;;) {
        char byte = 0;
        const auto count = ::read(STDIN_FILENO, &byte, 1);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return -1;
        if (count == 0) return 0;
        bytes += byte;
        const auto first = static_cast<unsigned char>(bytes[0]);
        const std::size_t wanted = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 1;
        if (bytes.size() < wanted && bytes.size() < 4) continue;
        const auto c = decode_utf8(bytes);
        *into = static_cast<wchar_t>(c.valid ? c.code : U'?');
        return 1;
    }
}

int LineEditor::State::read_char(EditLine* editor, wchar_t* into) {
    auto& state = of(editor);
    if (!state.wait_for_key()) return -1;
    return state.decode(into);
}

void LineEditor::State::replace_word(std::size_t begin, const std::string& text) {
    const auto* line = ::el_line(editor);
    const std::string_view before(line->buffer,
                                  static_cast<std::size_t>(line->cursor - line->buffer));
    std::string_view word = before.substr(std::min(begin, before.size()));
    if (text.rfind(word, 0) == 0) {  // only what is missing
        ::el_insertstr(editor, text.substr(word.size()).c_str());
        return;
    }
    int characters = 0;
    for (; !word.empty(); ++characters) word.remove_prefix(decode_utf8(word).length);
    ::el_deletestr(editor, characters);
    ::el_insertstr(editor, text.c_str());
}

// Below the line, in columns; then the line again.
void LineEditor::State::list(const Completions& completions) {
    const std::size_t screen = parts.terminal.columns();
    std::size_t width = 0;
    for (const auto& word : completions.shown) width = std::max(width, display_width(word) + 2);
    const std::size_t across = std::max<std::size_t>(1, screen / std::max<std::size_t>(1, width));
    const std::size_t rows = (completions.shown.size() + across - 1) / across;
    const auto* line = ::el_line(editor);
    const std::string typed(line->buffer, static_cast<std::size_t>(line->lastchar - line->buffer));
    std::string text = prompt + typed + "\n";
    for (std::size_t row = 0; row < rows; ++row) {
        std::string shown;
        for (std::size_t i = row; i < completions.shown.size(); i += rows)
            shown += padded(safe_for_terminal(completions.shown[i]), width);
        shown.erase(shown.find_last_not_of(' ') + 1);
        text += shown + "\n";
    }
    repaint(text);
}

unsigned char LineEditor::State::complete_word(EditLine* editor, int) {
    auto& state = of(editor);
    const auto* line = ::el_line(editor);
    const std::string_view text(line->buffer,
                                static_cast<std::size_t>(line->lastchar - line->buffer));
    const auto cursor = static_cast<std::size_t>(line->cursor - line->buffer);
    const auto found = state.parts.complete(text, cursor);
    if (found.words.empty()) return CC_REFRESH_BEEP;
    const auto before = text.substr(found.begin, cursor - found.begin);
    if (found.words.size() == 1) {
        state.replace_word(found.begin, found.words[0] + (found.closed ? " " : ""));
        return CC_REFRESH;
    }
    if (found.common.size() > before.size()) {
        state.replace_word(found.begin, found.common);
        return CC_REFRESH;
    }
    state.list(found);
    return CC_NORM;
}

TypedLine LineEditor::State::read_line(const std::string& text) {
    prompt = text;
    given_up = TypedLine::End::line;
    // First of all: from here on the terminal itself echoes nothing.
    ::el_set(editor, EL_PREP_TERM, 1);
    parts.terminal.begin_line([fd = wake.get()] {
        const std::uint64_t one = 1;
        (void)!::write(fd, &one, sizeof one);
    });
    int count = 0;
    const char* typed = ::el_gets(editor, &count);
    TypedLine line{given_up, {}};
    std::string shown = prompt;
    if (given_up != TypedLine::End::line) {
        const auto* left = ::el_line(editor);
        shown.append(left->buffer, left->lastchar);
        if (given_up == TypedLine::End::interrupted) shown += "^C";
        (void)write_all(STDOUT_FILENO, given_up == TypedLine::End::interrupted ? "^C\r\n" : "\r\n");
        ::el_reset(editor);
    } else if (typed == nullptr || count <= 0) {
        line.end = TypedLine::End::end_of_input;
        (void)write_all(STDOUT_FILENO, "\r\n");
    } else {
        line.text.assign(typed, static_cast<std::size_t>(count));
        while (!line.text.empty() && (line.text.back() == '\n' || line.text.back() == '\r'))
            line.text.pop_back();
        shown += line.text;
    }
    parts.terminal.end_line(shown);
    return line;
}

LineEditor::LineEditor(Parts parts) : state_(std::make_unique<State>(std::move(parts))) {}
LineEditor::~LineEditor() = default;

TypedLine LineEditor::read(const std::string& prompt) {
    auto line = state_->read_line(prompt);
    if (line.end == TypedLine::End::line && state_->parts.history.add(line.text)) {
        HistEvent event;
        ::history(state_->history_list, &event, H_ENTER, line.text.c_str());
    }
    return line;
}

TypedLine LineEditor::ask(const std::string& question) { return state_->read_line(question); }

}  // namespace gantry::host
