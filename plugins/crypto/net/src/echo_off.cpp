#include "echo_off.h"

#include <fcntl.h>
#include <unistd.h>

namespace gantry::crypto {

std::unique_ptr<EchoOff> EchoOff::start(std::string_view question) {
    const int fd = ::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) return nullptr;
    termios before{};
    // A line editor takes single keys; the answer would go to it.
    const bool free = ::tcgetattr(fd, &before) == 0 && (before.c_lflag & ICANON) != 0 &&
                      ::tcgetpgrp(fd) == ::getpgrp();
    termios quiet = before;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    if (!free || ::tcsetattr(fd, TCSAFLUSH, &quiet) != 0) {
        ::close(fd);
        return nullptr;
    }
    (void)!::write(fd, question.data(), question.size());
    return std::unique_ptr<EchoOff>(new EchoOff(fd, before));
}

EchoOff::~EchoOff() {
    (void)::tcsetattr(descriptor_, TCSAFLUSH, &before_);
    (void)!::write(descriptor_, "\n", 1);
    ::close(descriptor_);
}

}  // namespace gantry::crypto
