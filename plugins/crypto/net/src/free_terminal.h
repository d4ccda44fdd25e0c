#pragma once

#include <termios.h>
#include <unistd.h>

#include <string_view>

namespace gantry::crypto {

// The terminal of the process, when a person can be asked at it: there is one, the process is in
// its foreground, and no line editor uses it, which would take the answer.
class FreeTerminal {
  public:
    FreeTerminal();
    FreeTerminal(const FreeTerminal&) = delete;
    FreeTerminal& operator=(const FreeTerminal&) = delete;
    ~FreeTerminal() {
        if (fd_ >= 0) ::close(fd_);
    }
    bool is_there() const noexcept { return fd_ >= 0; }
    int descriptor() const noexcept { return fd_; }
    const termios& mode() const noexcept { return mode_; }
    void show(std::string_view text) const noexcept;

  private:
    int fd_;
    termios mode_{};
};

}  // namespace gantry::crypto
