#pragma once

#include <cs/net/request_answer.h>

namespace gantry::cs {

// What the log calls a service that does one thing to one name: "status", "rename".
std::string_view action_name(const ActionRequest& request) noexcept;
const std::string& action_path(const ActionRequest& request) noexcept;

// Does what is asked, and answers the body of the response. Blocking. denied: it changes something
// and `writable` is false; else the errors of FileStore.
Result<Bytes> perform_action(FileStore& store, const ActionRequest& request, bool writable);

// Answers an action. One that has begun on the disk is done, also when its client goes.
class ActionAnswer : public RequestAnswer<ActionAnswer, ActionWanted> {
  public:
    using RequestAnswer::RequestAnswer;
    void start();

    void advance(std::uint64_t) override {}
    std::uint64_t count() const noexcept override { return 0; }

  private:
    void done(Result<Bytes> outcome);
};

}  // namespace gantry::cs
