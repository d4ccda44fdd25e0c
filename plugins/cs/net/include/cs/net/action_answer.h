#pragma once

#include <cs/net/answer.h>

namespace gantry::cs {

// What the log calls a service that does one thing to one name: "status", "rename".
std::string_view action_name(const ActionRequest& request) noexcept;
const std::string& action_path(const ActionRequest& request) noexcept;

// Does what is asked, and answers the body of the response. Blocking. denied: it changes something
// and `writable` is false; else the errors of FileStore.
Result<Bytes> perform_action(FileStore& store, const ActionRequest& request, bool writable);

// Answers an action. One that has begun on the disk is done, also when its client goes.
class ActionAnswer : public Answer, public std::enable_shared_from_this<ActionAnswer> {
  public:
    ActionAnswer(ServerResources& resources, AnswerSink sink, ActionWanted wanted)
        : resources_(resources), sink_(std::move(sink)), wanted_(std::move(wanted)) {}
    void start();

    void advance(std::uint64_t) override {}
    std::uint64_t count() const noexcept override { return 0; }
    const std::optional<Error>& error() const noexcept override { return error_; }
    bool ended() const noexcept override { return ended_; }

  private:
    void done(Result<Bytes> outcome);

    ServerResources& resources_;
    AnswerSink sink_;
    ActionWanted wanted_;
    bool ended_ = false;
    std::optional<Error> error_;
};

}  // namespace gantry::cs
