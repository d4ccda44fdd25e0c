#pragma once

#include <cs/net/block_queue.h>
#include <cs/net/file_reader.h>
#include <cs/net/request_answer.h>

namespace gantry::cs {

// Answers a file request: opens and reads ahead on the pool, offers to the core what may be sent.
class FileAnswer : public RequestAnswer<FileAnswer, FileWanted> {
  public:
    using RequestAnswer::RequestAnswer;
    ~FileAnswer() override;
    void start();

    void advance(std::uint64_t sent) override;
    File* file() noexcept override { return reader_ && !copies() ? reader_->file() : nullptr; }
    ByteView bytes(std::uint64_t offset) const noexcept override;
    std::uint64_t count() const noexcept override { return sent_; }

  private:
    void open();
    void opened(Result<std::unique_ptr<FileReader>> outcome);
    void read_more();
    void read_block();
    void took_block(Result<Bytes> outcome);
    void read_step();
    void took_step(Result<void> outcome);
    void offer();
    void send_kept();
    bool copies() const noexcept { return share_ != nullptr; }
    bool hungry() const noexcept;

    std::shared_ptr<FileReader> reader_;  // shared with the step that is out
    CopyBudget::Share share_;             // null: it sends from the file
    BlockQueue blocks_;                   // when it sends from memory
    bool reading_ = false;
    std::uint64_t sent_ = 0;
};

}  // namespace gantry::cs
