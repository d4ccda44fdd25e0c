#include "echo_off.h"

namespace gantry::crypto {

std::unique_ptr<EchoOff> EchoOff::start(std::string_view question) {
    std::unique_ptr<EchoOff> made(new EchoOff);
    const auto& terminal = made->terminal_;
    if (!terminal.is_there()) return nullptr;
    termios quiet = terminal.mode();
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    if (::tcsetattr(terminal.descriptor(), TCSAFLUSH, &quiet) != 0) return nullptr;
    terminal.show(question);
    return made;
}

EchoOff::~EchoOff() {
    if (!terminal_.is_there()) return;
    (void)::tcsetattr(terminal_.descriptor(), TCSAFLUSH, &terminal_.mode());
    terminal_.show("\n");
}

}  // namespace gantry::crypto
