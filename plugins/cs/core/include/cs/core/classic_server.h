#pragma once

#include <cs/core/block_transform.h>
#include <cs/core/limits.h>
#include <cs/core/output_queue.h>
#include <cs/core/server_deadlines.h>
#include <cs/core/server_end.h>
#include <cs/wire/classic_reply.h>
#include <cs/wire/classic_request.h>

#include <string>

namespace gantry::cs {

// The server's end of one classic connection (docs/protocols/cs-classic.md): one request, its
// reply, and the end. Where the wire has no word for what happened it drops the connection: over()
// without finished().
class ClassicServer final : public ServerEnd {
  public:
    // `cipher` outlives it.
    ClassicServer(BlockTransform& cipher, const limits::ServerTimes& times, TimePoint now);

    void receive(ByteView bytes, TimePoint now) override;
    void receive_end(TimePoint now) override;
    std::optional<ServerEvent> poll_event(TimePoint now) override;
    bool packs() const noexcept override { return true; }
    Transmit poll_transmit(ByteSpan buffer, TimePoint now) override;
    Result<Bytes> pack(ByteView file_bytes, TimePoint now) override;
    void on_sent(std::uint64_t bytes, TimePoint now) override;
    std::optional<TimePoint> next_timeout() const override { return deadlines_.next(); }
    void on_timeout(TimePoint now) override;

    void begin_file(RequestId id, const FileResponse& response, const FileSpan& span) override;
    void offer_file(RequestId id, std::uint64_t bytes) override;
    void finish_file(RequestId id, FileEnd end) override;
    void begin_listing(RequestId) override {}
    bool wants_entries(RequestId) const noexcept override {
        return output_.bytes() < limits::kMaxQueuedBytes;
    }
    void add_entries(RequestId id, std::span<const ListingEntry> entries) override;
    void finish_listing(RequestId id, const ListingEnd& end) override;
    // "Does not exist" before anything was sent; afterwards the connection is dropped.
    void refuse(RequestId id, const Error& error, ErrorDetail detail = ErrorDetail::none) override;

    void drain(TimePoint now) override;
    bool answering(RequestId id) const noexcept override {
        return answering() && id.value() == request_.id;
    }
    bool finished() const noexcept override;
    bool over() const noexcept override { return gave_up_ || (finished() && peer_ended_); }

  private:
    enum class Phase : std::uint8_t { asking, answering, answered };
    bool answering() const noexcept { return phase_ == Phase::answering; }
    bool is_open(RequestId id) const noexcept;
    void answer(ClassicRequest request, TimePoint now);
    void end_file_when_sent();
    void end_reply(std::uint16_t error);
    Bytes packet(std::uint16_t service, ByteView data) const;

    BlockTransform& cipher_;
    ClassicRequestDecoder decoder_;
    OutputQueue output_;
    ServerDeadlines deadlines_;
    Phase phase_ = Phase::asking;
    ClassicRequest request_;
    std::optional<ServerEvent> event_;
    std::string text_;           // of the catalogue, less than a packet
    bool began_ = false;         // data of the reply was handed out or queued
    std::uint64_t size_ = 0;     // of the file
    std::uint64_t offered_ = 0;  // may be sent
    std::uint64_t handed_ = 0;   // was handed out by poll_transmit
    bool whole_ = false;         // the file is all there and may end
    bool peer_ended_ = false;
    bool gave_up_ = false;
};

}  // namespace gantry::cs
