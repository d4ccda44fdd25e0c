#pragma once

#include <cs/net/answer.h>
#include <cs/net/file_reader.h>

namespace gantry::cs {

// Answers a file request: opens and reads ahead on the pool, offers to the core what may be sent.
class FileAnswer : public Answer, public std::enable_shared_from_this<FileAnswer> {
  public:
    FileAnswer(ServerResources& resources, AnswerSink sink, FileWanted wanted);
    ~FileAnswer() override;
    void start();

    void advance(std::uint64_t sent) override;
    File* file() noexcept override { return reader_ ? reader_->file() : nullptr; }
    std::uint64_t count() const noexcept override { return sent_; }
    const std::optional<Error>& error() const noexcept override { return error_; }
    bool ended() const noexcept override { return ended_; }

  private:
    void open();
    void opened(Result<std::unique_ptr<FileReader>> outcome);
    void read_more();
    void offer();
    void send_kept();
    void refuse(Error error, ErrorDetail detail = ErrorDetail::none);

    ServerResources& resources_;
    AnswerSink sink_;
    FileWanted wanted_;
    FileSlot slot_;
    std::shared_ptr<FileReader> reader_;  // shared with the step that is out
    bool reading_ = false;
    bool ended_ = false;
    std::uint64_t sent_ = 0;
    std::optional<Error> error_;
};

}  // namespace gantry::cs
