#pragma once

#include <cs/net/answer.h>
#include <cs/net/file_hasher.h>

namespace gantry::cs {

// Answers a hash request: from the cache, or by reading the file in steps.
class HashAnswer : public Answer, public std::enable_shared_from_this<HashAnswer> {
  public:
    HashAnswer(ServerResources& resources, AnswerSink sink, HashWanted wanted);
    void start();

    void advance(std::uint64_t) override {}
    std::uint64_t count() const noexcept override { return hashed_; }
    const std::optional<Error>& error() const noexcept override { return error_; }
    bool ended() const noexcept override { return ended_; }

  private:
    void open();
    void opened(Result<std::unique_ptr<FileHasher>> outcome);
    void step();
    void stepped(Result<void> outcome);
    void finish(Bytes value);
    void refuse(Error error);

    ServerResources& resources_;
    AnswerSink sink_;
    HashWanted wanted_;
    FileSlot slot_;
    std::shared_ptr<FileHasher> hasher_;  // shared with the step that is on the pool
    TimePoint told_{};                    // when the client last heard how far it is
    std::uint64_t hashed_ = 0;
    bool ended_ = false;
    std::optional<Error> error_;
};

}  // namespace gantry::cs
