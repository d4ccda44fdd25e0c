#pragma once

#include <gantry/core/result.h>

#include <memory>
#include <string_view>

#include "free_terminal.h"

namespace gantry::crypto {

// A question stands on the terminal, which does not echo what is typed, until this goes.
class EchoOff {
  public:
    // Null without a terminal, and while a line editor has it.
    static std::unique_ptr<EchoOff> start(std::string_view question);
    EchoOff(const EchoOff&) = delete;
    EchoOff& operator=(const EchoOff&) = delete;
    ~EchoOff();

  private:
    EchoOff() = default;
    FreeTerminal terminal_;
};

}  // namespace gantry::crypto
