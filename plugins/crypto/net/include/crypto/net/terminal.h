#pragma once

#include <gantry/crypto/person.h>
#include <gantry/job/job.h>

#include <string_view>

namespace gantry::crypto {

// Whether a person can be asked: the process has a terminal, is in its foreground, and no line
// editor uses it (then a command runs in the background of the shell).
bool can_ask_at_terminal();
// Shows the question there and waits for a line; whether it was "yes" or "y". ErrorCode::cancelled.
Result<bool> ask_yes_or_no(std::string_view question, const CancelToken& cancel);

// The service `gantry.person`.
class TerminalPerson : public PersonService {
  public:
    bool can_be_asked() override { return can_ask_at_terminal(); }
    Result<bool> ask(std::string_view question, const CancelToken& cancel) override {
        return ask_yes_or_no(question, cancel);
    }
};

}  // namespace gantry::crypto
