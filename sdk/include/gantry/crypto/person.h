#pragma once

#include <gantry/core/result.h>
#include <gantry/job/job.h>
#include <gantry/service/service.h>

#include <string_view>

namespace gantry {

// The service `gantry.person`, from crypto: who sits at the process's terminal, for the questions
// of trust that have no answer yet. Thread-safe; its calls block.
class PersonService {
  public:
    static constexpr ServiceKey key{"gantry.person", 1};
    virtual ~PersonService() = default;
    // Whether there is a terminal, this process is in its foreground, and no line editor uses it.
    virtual bool can_be_asked() = 0;
    // Shows the question and waits for a line: whether it was yes. ErrorCode::usage when nobody can
    // be asked; cancelled.
    virtual Result<bool> ask(std::string_view question, const CancelToken& cancel) = 0;
};

}  // namespace gantry
