#pragma once

#include <cs/net/block_queue.h>
#include <cs/net/peer_table.h>
#include <cs/net/request_answer.h>
#include <cs/net/sealed_reader.h>

namespace gantry::cs {

// Answers a request for an encrypted file: admits it by its key, whose rights count, reads and
// seals ahead on the pool, and keeps what is sealed until it was sent.
class SealedFileAnswer : public RequestAnswer<SealedFileAnswer, SealedWanted> {
  public:
    using RequestAnswer::RequestAnswer;
    ~SealedFileAnswer() override;
    void start();

    void advance(std::uint64_t sent) override;
    ByteView bytes(std::uint64_t offset) const noexcept override { return blocks_.at(offset); }
    std::uint64_t count() const noexcept override;
    std::string identity() const override { return key_ ? key_->identity() : std::string(); }

  private:
    void open();
    void opened(Result<std::unique_ptr<SealedReader>> outcome);
    void read_more();
    void took_step(Result<SealedReader::Step> outcome);
    bool hungry() const noexcept;

    std::shared_ptr<PeerResources> peer_;  // of the key's person; null: no rules
    std::shared_ptr<const SealKey> key_;
    std::shared_ptr<SealedReader> reader_;  // shared with the step that is out
    bool reading_ = false;
    BlockQueue blocks_;  // sealed
    std::uint64_t sent_ = 0;
};

}  // namespace gantry::cs
