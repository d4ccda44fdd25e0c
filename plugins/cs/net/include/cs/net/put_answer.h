#pragma once

#include <cs/net/file_writer.h>
#include <cs/net/request_answer.h>

namespace gantry::cs {

// Answers a put: writes what comes to a replacement, which takes the name when the whole was
// checked.
class PutAnswer : public RequestAnswer<PutAnswer, PutWanted> {
  public:
    using RequestAnswer::RequestAnswer;
    ~PutAnswer() override;
    void start();

    void advance(std::uint64_t) override {}
    void received() override;
    std::uint64_t count() const noexcept override { return written_; }

  private:
    void open();
    void opened(Result<std::unique_ptr<FileWriter>> outcome);
    void store(UploadPart part);
    void stored(Result<bool> outcome);

    std::shared_ptr<FileWriter> writer_;  // shared with the task that is on the pool
    bool busy_ = false;
    std::uint64_t written_ = 0;
};

}  // namespace gantry::cs
