#include <crypto/net/local_file.h>
#include <crypto/net/terminal.h>

#include <string>

#include "free_terminal.h"

namespace gantry::crypto {
namespace {

constexpr std::size_t kMaxAnswer = 1024;

Result<std::string> read_line(const CancelToken& cancel) {
    auto terminal = LocalFile::open("/dev/tty", "terminal");
    if (!terminal) return std::move(terminal).error();
    std::string line;
    while (line.size() < kMaxAnswer) {
        char c = 0;
        const auto count = terminal->read(std::as_writable_bytes(std::span(&c, 1)), cancel);
        if (!count) return count.error();
        if (*count == 0 || c == '\n') break;
        line += c;
    }
    return line;
}

}  // namespace

bool can_ask_at_terminal() { return FreeTerminal().is_there(); }

Result<bool> ask_yes_or_no(std::string_view question, const CancelToken& cancel) {
    const FreeTerminal terminal;
    if (!terminal.is_there())
        return make_error(ErrorCode::usage, "crypto", "there is no terminal to ask at");
    (void)::tcflush(terminal.descriptor(), TCIFLUSH);  // typed before, so no answer
    terminal.show(question);
    const auto line = read_line(cancel);
    if (!line) return line.error();
    return *line == "yes" || *line == "y";
}

}  // namespace gantry::crypto
