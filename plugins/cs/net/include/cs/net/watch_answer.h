#pragma once

#include <cs/net/request_answer.h>
#include <gantry/storage/folder_watch.h>

#include <vector>

namespace gantry::cs {

// Answers a watch request with what changes, until the client cancels it, the folder goes or the
// server does. It counts as an open file.
class WatchAnswer : public RequestAnswer<WatchAnswer, WatchWanted> {
  public:
    using RequestAnswer::RequestAnswer;
    void start();

    void advance(std::uint64_t) override { go_on(); }
    void drain() override;
    std::uint64_t count() const noexcept override { return count_; }

  private:
    void open();
    void opened(Result<std::unique_ptr<FolderWatch>> outcome);
    void go_on();
    void take();
    void took(Result<std::vector<FolderChange>> changes);
    void wait();
    void add(const std::vector<FolderChange>& changes);
    void show_life();

    std::shared_ptr<FolderWatch> watch_;  // shared with the step that is out
    std::unique_ptr<Timer> life_;
    TimePoint told_{};      // when the client last got something
    bool busy_ = false;     // a step is out
    bool waiting_ = false;  // for something to change
    std::uint64_t count_ = 0;
};

}  // namespace gantry::cs
