#pragma once

#include <cs/net/answer.h>
#include <cs/net/peer_table.h>
#include <cs/net/sealed_reader.h>

#include <deque>

namespace gantry::cs {

// Answers a request for an encrypted file: admits it by its key, whose rights count, reads and
// seals ahead on the pool, and keeps what is sealed until it was sent.
class SealedFileAnswer : public Answer, public std::enable_shared_from_this<SealedFileAnswer> {
  public:
    SealedFileAnswer(ServerResources& resources, AnswerSink sink, SealedWanted wanted);
    ~SealedFileAnswer() override;
    void start();

    void advance(std::uint64_t sent) override;
    ByteView bytes(std::uint64_t offset) const noexcept override;
    std::uint64_t count() const noexcept override;
    const std::optional<Error>& error() const noexcept override { return error_; }
    bool ended() const noexcept override { return ended_; }
    std::string identity() const override { return key_ ? key_->identity() : std::string(); }

  private:
    void open();
    void opened(Result<std::unique_ptr<SealedReader>> outcome);
    void read_more();
    void took_step(Result<SealedReader::Step> outcome);
    bool hungry() const noexcept;
    void refuse(Error error, ErrorDetail detail = ErrorDetail::none);

    std::shared_ptr<PeerResources> peer_;  // of the key's person; null: no rules
    ServerResources* resources_;
    AnswerSink sink_;
    SealedWanted wanted_;
    std::shared_ptr<const SealKey> key_;
    FileSlot slot_;
    std::shared_ptr<SealedReader> reader_;  // shared with the step that is out
    bool reading_ = false;
    bool ended_ = false;
    std::deque<Bytes> blocks_;  // sealed, and not sent whole
    Bytes spare_;
    std::uint64_t dropped_ = 0;  // bytes of blocks before those
    std::uint64_t sealed_ = 0;
    std::uint64_t sent_ = 0;
    std::optional<Error> error_;
};

}  // namespace gantry::cs
