#pragma once

#include <cs/net/file_hasher.h>
#include <cs/net/request_answer.h>

namespace gantry::cs {

// Answers a hash request: from the cache, or by reading the file in steps.
class HashAnswer : public RequestAnswer<HashAnswer, HashWanted> {
  public:
    using RequestAnswer::RequestAnswer;
    void start();

    void advance(std::uint64_t) override {}
    std::uint64_t count() const noexcept override { return hashed_; }

  private:
    void open();
    void opened(Result<std::unique_ptr<FileHasher>> outcome);
    void step();
    void stepped(Result<void> outcome);
    void finish(Bytes value);

    std::shared_ptr<FileHasher> hasher_;  // shared with the step that is on the pool
    TimePoint told_{};                    // when the client last heard how far it is
    std::uint64_t hashed_ = 0;
};

}  // namespace gantry::cs
