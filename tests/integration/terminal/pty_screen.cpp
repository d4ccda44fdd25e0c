#include "pty_screen.h"

#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

extern char** environ;

namespace gantry::testing {
namespace {

using Clock = std::chrono::steady_clock;

void append_cell(std::string& line, const VTermScreenCell& cell) {
    if (cell.chars[0] == 0) {
        line += ' ';
        return;
    }
    for (std::size_t i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i] != 0; ++i) {
        const auto code = cell.chars[i];
        if (code < 0x80) {
            line += static_cast<char>(code);
        } else if (code < 0x800) {
            line += static_cast<char>(0xc0U | (code >> 6U));
            line += static_cast<char>(0x80U | (code & 0x3fU));
        } else {
            line += '?';
        }
    }
}

std::string trimmed(std::string line) {
    line.erase(line.find_last_not_of(' ') + 1);
    return line;
}

std::vector<std::string> environment_of(const PtyScreen::Spec& spec) {
    std::vector<std::string> all;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string text(*entry);
        if (!spec.environment.contains(text.substr(0, text.find('=')))) all.push_back(text);
    }
    for (const auto& [name, value] : spec.environment) all.push_back(name + "=" + value);
    return all;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> all;
    for (auto& text : texts) all.push_back(text.data());
    all.push_back(nullptr);
    return all;
}

}  // namespace

PtyScreen::PtyScreen(const Spec& spec) : rows_(spec.rows), columns_(spec.columns) {
    terminal_ = ::vterm_new(rows_, columns_);
    ::vterm_set_utf8(terminal_, 1);
    screen_ = ::vterm_obtain_screen(terminal_);
    static constexpr VTermScreenCallbacks kCallbacks{.damage = nullptr,
                                                     .moverect = nullptr,
                                                     .movecursor = nullptr,
                                                     .settermprop = nullptr,
                                                     .bell = nullptr,
                                                     .resize = nullptr,
                                                     .sb_pushline = &PtyScreen::push_line,
                                                     .sb_popline = nullptr};
    ::vterm_screen_set_callbacks(screen_, &kCallbacks, this);
    ::vterm_screen_reset(screen_, 1);

    auto command = spec.command;
    auto environment = environment_of(spec);
    const auto arguments = pointers(command);
    const auto variables = pointers(environment);
    const winsize size{static_cast<unsigned short>(rows_), static_cast<unsigned short>(columns_), 0,
                       0};
    pid_ = ::forkpty(&master_, nullptr, nullptr, &size);
    if (pid_ < 0) throw std::system_error(errno, std::generic_category(), "forkpty");
    if (pid_ == 0) {
        if (!spec.folder.empty() && ::chdir(spec.folder.c_str()) != 0) ::_exit(126);
        ::execve(arguments[0], arguments.data(), variables.data());
        ::_exit(127);
    }
}

PtyScreen::~PtyScreen() {
    if (!ended_) {
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
    }
    ::close(master_);
    ::vterm_free(terminal_);
}

int PtyScreen::push_line(int columns, const VTermScreenCell* cells, void* user) {
    std::string line;
    for (int i = 0; i < columns; ++i) append_cell(line, cells[i]);
    static_cast<PtyScreen*>(user)->scrolled_.push_back(trimmed(std::move(line)));
    return 1;
}

void PtyScreen::type(std::string_view text) {
    while (!text.empty()) {
        const auto count = ::write(master_, text.data(), text.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return;
        text.remove_prefix(static_cast<std::size_t>(count));
    }
}

void PtyScreen::resize(int rows, int columns) {
    rows_ = rows;
    columns_ = columns;
    ::vterm_set_size(terminal_, rows, columns);
    const winsize size{static_cast<unsigned short>(rows), static_cast<unsigned short>(columns), 0,
                       0};
    ::ioctl(master_, TIOCSWINSZ, &size);
}

void PtyScreen::cook() {
    termios mode{};
    ::tcgetattr(master_, &mode);
    mode.c_lflag |= ICANON | ECHO | ISIG;
    ::tcsetattr(master_, TCSANOW, &mode);
}

// False when the program's side is closed.
bool PtyScreen::pump(int milliseconds) {
    pollfd ready{master_, POLLIN, 0};
    if (::poll(&ready, 1, milliseconds) <= 0) return true;
    char buffer[8192];
    const auto count = ::read(master_, buffer, sizeof buffer);
    if (count <= 0) return false;
    raw_.append(buffer, static_cast<std::size_t>(count));
    ::vterm_input_write(terminal_, buffer, static_cast<std::size_t>(count));
    return true;
}

bool PtyScreen::wait_until(const std::function<bool()>& holds, Limit limit) {
    const auto deadline = Clock::now() + limit;
    while (!holds()) {
        const auto left = std::chrono::duration_cast<Limit>(deadline - Clock::now()).count();
        if (left <= 0) return false;
        if (!pump(static_cast<int>(left))) return holds();
    }
    return true;
}

bool PtyScreen::wait_for_text(std::string_view wanted, Limit limit) {
    return wait_until([&] { return text().find(wanted) != std::string::npos; }, limit);
}

bool PtyScreen::wait_for_prompt(std::string_view wanted, Limit limit) {
    return wait_until([&] { return cursor_line() == wanted; }, limit);
}

std::optional<int> PtyScreen::wait_for_end(Limit limit) {
    const auto deadline = Clock::now() + limit;
    bool open = true;
    while (Clock::now() < deadline) {
        int status = 0;
        if (::waitpid(pid_, &status, WNOHANG) == pid_) {
            ended_ = true;
            while (open && pump(0) && raw_.size() < 10'000'000) {
                pollfd ready{master_, POLLIN, 0};
                if (::poll(&ready, 1, 0) <= 0) break;
            }
            return WIFEXITED(status) ? std::optional(WEXITSTATUS(status)) : std::nullopt;
        }
        if (open)
            open = pump(10);
        else
            ::poll(nullptr, 0, 10);
    }
    return std::nullopt;
}

std::string PtyScreen::line(int row) const {
    std::string text;
    for (int column = 0; column < columns_; ++column) {
        VTermScreenCell cell;
        ::vterm_screen_get_cell(screen_, {row, column}, &cell);
        append_cell(text, cell);
        if (cell.width > 1) column += cell.width - 1;
    }
    return trimmed(std::move(text));
}

std::vector<std::string> PtyScreen::lines() const {
    std::vector<std::string> all;
    for (int row = 0; row < rows_; ++row) all.push_back(line(row));
    return all;
}

std::string PtyScreen::cursor_line() const {
    VTermPos at;
    ::vterm_state_get_cursorpos(::vterm_obtain_state(terminal_), &at);
    return line(at.row);
}

int PtyScreen::cursor_column() const {
    VTermPos at;
    ::vterm_state_get_cursorpos(::vterm_obtain_state(terminal_), &at);
    return at.col;
}

std::string PtyScreen::text() const {
    std::string all;
    for (const auto& scrolled : scrolled_) (all += scrolled) += '\n';
    for (const auto& shown : lines()) (all += shown) += '\n';
    return all;
}

}  // namespace gantry::testing
