#pragma once

#include <cs/net/answer.h>
#include <gantry/storage/folder_watch.h>

#include <vector>

namespace gantry::cs {

// Answers a watch request with what changes, until the client cancels it, the folder goes or the
// server does. It counts as an open file.
class WatchAnswer : public Answer, public std::enable_shared_from_this<WatchAnswer> {
  public:
    WatchAnswer(ServerResources& resources, AnswerSink sink, WatchWanted wanted);
    void start();

    void advance(std::uint64_t) override { go_on(); }
    void drain() override;
    std::uint64_t count() const noexcept override { return count_; }
    const std::optional<Error>& error() const noexcept override { return error_; }
    bool ended() const noexcept override { return ended_; }

  private:
    void open();
    void opened(Result<std::unique_ptr<FolderWatch>> outcome);
    void go_on();
    void take();
    void wait();
    void add(const std::vector<FolderChange>& changes);
    void show_life();
    void refuse(Error error);

    ServerResources& resources_;
    AnswerSink sink_;
    WatchWanted wanted_;
    FileSlot slot_;
    std::shared_ptr<FolderWatch> watch_;  // shared with the step that is out
    std::unique_ptr<Timer> life_;
    TimePoint told_{};      // when the client last got something
    bool busy_ = false;     // a step is out
    bool waiting_ = false;  // for something to change
    bool ended_ = false;
    std::uint64_t count_ = 0;
    std::optional<Error> error_;
};

}  // namespace gantry::cs
