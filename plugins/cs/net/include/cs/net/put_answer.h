#pragma once

#include <cs/net/answer.h>
#include <cs/net/file_writer.h>

namespace gantry::cs {

// Answers a put: writes what comes to a replacement, which takes the name when the whole was
// checked.
class PutAnswer : public Answer, public std::enable_shared_from_this<PutAnswer> {
  public:
    PutAnswer(ServerResources& resources, AnswerSink sink, PutWanted wanted);
    ~PutAnswer() override;
    void start();

    void advance(std::uint64_t) override {}
    void received() override;
    std::uint64_t count() const noexcept override { return written_; }
    const std::optional<Error>& error() const noexcept override { return error_; }
    bool ended() const noexcept override { return ended_; }

  private:
    void open();
    void opened(Result<std::unique_ptr<FileWriter>> outcome);
    void store(UploadPart part);
    void stored(Result<bool> outcome);
    void refuse(Error error);

    ServerResources& resources_;
    AnswerSink sink_;
    PutWanted wanted_;
    FileSlot slot_;
    std::shared_ptr<FileWriter> writer_;  // shared with the task that is on the pool
    bool busy_ = false;
    bool ended_ = false;
    std::uint64_t written_ = 0;
    std::optional<Error> error_;
};

}  // namespace gantry::cs
