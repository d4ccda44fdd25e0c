#include "free_terminal.h"

#include <fcntl.h>

namespace gantry::crypto {

FreeTerminal::FreeTerminal() : fd_(::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)) {
    if (fd_ < 0) return;
    // A line editor takes single keys.
    const bool free = ::tcgetattr(fd_, &mode_) == 0 && (mode_.c_lflag & ICANON) != 0 &&
                      ::tcgetpgrp(fd_) == ::getpgrp();
    if (free) return;
    ::close(fd_);
    fd_ = -1;
}

void FreeTerminal::show(std::string_view text) const noexcept {
    (void)!::write(fd_, text.data(), text.size());
}

}  // namespace gantry::crypto
