#include <host/shell/fd_io.h>
#include <host/shell/limits.h>
#include <host/shell/terminal.h>
#include <host/shell/text.h>

#include <sys/ioctl.h>

#include <algorithm>

namespace gantry::host {
namespace {

std::string up_and_clear(std::size_t rows) {
    std::string text = "\r";
    if (rows > 0) text += "\x1b[" + std::to_string(rows) + "A";
    return text + "\x1b[J";
}

winsize screen_size(int fd) {
    winsize size{};
    if (::ioctl(fd, TIOCGWINSZ, &size) != 0) return {};
    return size;
}

}  // namespace

Terminal::Terminal(const Options& options) : options_(options) {}

bool Terminal::is_screen(Channel channel) const noexcept {
    return channel == Channel::out ? options_.out_is_screen : options_.error_is_screen;
}

int Terminal::fd(Channel channel) const noexcept {
    return channel == Channel::out ? options_.out_fd : options_.error_fd;
}

bool Terminal::screen() const noexcept {
    return options_.out_is_screen && options_.error_is_screen;
}

std::size_t Terminal::columns() const {
    const auto size = screen_size(options_.error_is_screen ? options_.error_fd : options_.out_fd);
    return size.ws_col > 0 ? size.ws_col : 80;
}

std::size_t Terminal::rows() const {
    const auto size = screen_size(options_.error_is_screen ? options_.error_fd : options_.out_fd);
    return size.ws_row > 0 ? size.ws_row : 24;
}

Result<void> Terminal::write(Channel channel, std::string_view text) {
    if (text.empty()) return {};
    if (!is_screen(channel)) {
        const std::lock_guard lock(mutex_);
        return write_all(fd(channel), text);
    }
    std::unique_lock lock(mutex_);
    if (!typing_) {
        erase_block();
        auto written = write_now(channel, text);
        draw_block();
        return written;
    }
    room_.wait(lock, [&] { return !typing_ || waiting_bytes_ < shell_limits::kQueuedOutput; });
    waiting_.push_back({channel, std::string(text)});
    waiting_bytes_ += text.size();
    if (typing_) {
        (void)wake_();
        return {};
    }
    for (const auto& line : std::exchange(waiting_, {})) (void)write_now(line.channel, line.text);
    waiting_bytes_ = 0;
    return {};
}

Result<void> Terminal::write_now(Channel channel, std::string_view text) {
    mid_line_ = text.back() != '\n';
    return write_all(fd(channel), safe_for_terminal(text));
}

void Terminal::set_block(std::vector<std::string> lines) {
    const std::lock_guard lock(mutex_);
    block_ = options_.animate ? std::move(lines) : std::vector<std::string>();
    if (typing_) return;  // the next repaint draws it
    erase_block();
    draw_block();
}

void Terminal::lend_screen(bool lent) {
    const std::lock_guard lock(mutex_);
    lent_ = lent;
    if (lent) erase_block();
}

void Terminal::erase_block() {
    if (drawn_.empty()) return;
    (void)write_all(options_.error_fd, up_and_clear(block_rows()));
    drawn_.clear();
}

// The screen may have become narrower since.
std::size_t Terminal::block_rows() const {
    std::size_t rows = 0;
    const auto width = columns();
    for (const auto line : drawn_) rows += std::max<std::size_t>(1, (line + width - 1) / width);
    return rows;
}

void Terminal::draw_block() {
    if (block_.empty() || mid_line_ || lent_) return;
    std::string text;
    for (const auto& line : block_) {
        (text += line) += '\n';
        drawn_.push_back(display_width(line));
    }
    (void)write_all(options_.error_fd, text);
}

void Terminal::begin_line(Task wake) {
    const std::lock_guard lock(mutex_);
    erase_block();
    block_.clear();
    // What was typed ahead was echoed here; it is shown again behind the prompt.
    (void)write_all(options_.out_fd, mid_line_ ? "\n" : "\r\x1b[K");
    mid_line_ = false;
    wake_ = std::move(wake);
    typing_ = true;
}

void Terminal::repaint(std::string_view erase, std::string_view between) {
    {
        const std::lock_guard lock(mutex_);
        (void)write_all(options_.out_fd, erase);
        erase_block();
        (void)write_all(options_.out_fd, between);
        for (const auto& line : std::exchange(waiting_, {}))
            (void)write_now(line.channel, line.text);
        waiting_bytes_ = 0;
        if (mid_line_) (void)write_all(options_.out_fd, "\n");
        mid_line_ = false;
        draw_block();
    }
    room_.notify_all();
}

void Terminal::interrupted() {
    const std::lock_guard lock(mutex_);
    if (!screen() || !drawn_.empty()) return;  // the block's next turn wipes the echo away
    (void)write_all(options_.error_fd, "\n");
    mid_line_ = false;
}

void Terminal::end_line(std::string_view typed) {
    {
        const std::lock_guard lock(mutex_);
        typing_ = false;
        wake_.reset();
        if (!drawn_.empty()) {
            const auto rows = block_rows() + display_width(typed) / columns() + 1;
            (void)write_all(options_.out_fd, up_and_clear(rows) + std::string(typed) + "\n");
        }
        drawn_.clear();
        block_.clear();
        for (const auto& line : std::exchange(waiting_, {}))
            (void)write_now(line.channel, line.text);
        waiting_bytes_ = 0;
    }
    room_.notify_all();
}

std::string erase_typed_line(std::size_t columns_before_cursor, std::size_t screen_columns) {
    return up_and_clear(screen_columns == 0 ? 0 : columns_before_cursor / screen_columns);
}

}  // namespace gantry::host
