#pragma once

#include <cs/core/client_connection.h>
#include <cs/net/receive_buffers.h>

namespace gantry::cs {

// What becomes of one request's answer. Loop thread only. After ended(), answered() or failed() no
// more comes; any of these may make further requests.
class AnswerHandler {
  public:
    virtual ~AnswerHandler() = default;
    // Comes right before file_began() of an encrypted file: what opens file_bytes(), of which one
    // may then write into the buffer what is opened. On any thread, one at a time.
    virtual void file_sealed(std::shared_ptr<ChunkOpener>) {}
    virtual void file_began(const FileResponse&) {}
    // `bytes` lie in `buffer`: keep it as long as they are needed, and no longer, since the server
    // may send as many again only then. Drop it on any thread.
    virtual void file_bytes(std::uint64_t, ByteView, const ReceiveBuffer&) {}
    virtual void file_piece(const PieceMessage&) {}
    virtual void file_ended(const FileEnd&) {}
    virtual void hashed(std::uint64_t) {}
    virtual void entries(std::vector<ListingEntry>) {}
    // For who cannot take them as fast as they come: while `buffer` is kept, the server is held up.
    virtual void entries_from(std::vector<ListingEntry> part, const ReceiveBuffer& buffer) {
        (void)buffer;
        entries(std::move(part));
    }
    virtual void listing_ended(const ListingEnd&) {}
    virtual void answered(Bytes) {}
    // Of a put: follows each RequestChannel::ready_to_send().
    virtual void may_send() {}
    virtual void failed(Error error, ErrorDetail detail) = 0;
    // All that has come for now has been told: act on it in one go.
    virtual void settled() {}
};

}  // namespace gantry::cs
