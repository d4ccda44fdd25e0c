#pragma once

#include <lftp/core/byte_ring.h>
#include <lftp/core/range_set.h>

#include <algorithm>
#include <optional>

namespace gantry::lftp {

// One direction of a stream, as its sender sees it: what was written and not yet acknowledged, and
// what of it is to go out, first what was lost. Retransmission goes by offset.
class SendStream {
  public:
    // What goes into one frame.
    struct Chunk {
        std::uint64_t offset = 0;
        std::size_t length = 0;
        bool fin = false;
        bool operator==(const Chunk&) const = default;
    };

    // Holds `room` bytes that are not acknowledged, and up to `most` where so much is under way
    // that hardly any of them waits to be sent.
    explicit SendStream(std::size_t room, std::uint64_t origin = 0, std::size_t most = 0) noexcept
        : room_(room),
          most_(std::max(room, most)),
          ring_(origin),
          sent_end_(origin),
          written_end_(origin) {}

    // Takes what there is room for, and says how much. Nothing after finish() or reset().
    std::size_t write(ByteView bytes);
    std::size_t room() const noexcept;
    void finish() noexcept { fin_ = takes_more() ? Fin::wanted : fin_; }

    // What may go out in a frame of at most `size` bytes, where new bytes may go up to `limit`. It
    // counts as sent; take the bytes with read() at once. Nothing: there is nothing to send.
    std::optional<Chunk> next(std::size_t size, std::uint64_t limit);
    // Where the next chunk will begin.
    std::uint64_t next_offset() const noexcept;
    // What waits, of new bytes: for credit, or for its turn.
    std::uint64_t unsent() const noexcept { return written_end_ - sent_end_; }
    bool has_lost() const noexcept { return !lost_.empty() || fin_ == Fin::lost; }
    // Whether next() would answer something for some size.
    bool ready(std::uint64_t limit) const noexcept;
    void read(std::uint64_t offset, ByteSpan into) const noexcept { ring_.read(offset, into); }

    // The bytes of a chunk, in the pieces in which they lie.
    template <class Take>
    void for_each_piece(const Chunk& chunk, Take&& take) const {
        for (std::size_t done = 0; done < chunk.length;) {
            const ByteView piece = ring_.piece(chunk.offset + done, chunk.length - done);
            take(piece);
            done += piece.size();
        }
    }

    // The same for a frame that was acknowledged, or whose packet was lost. Twice does no harm.
    void on_acked(const Chunk& chunk);
    void on_lost(const Chunk& chunk);

    // Gives up: nothing more is sent or kept. Answers the final size.
    std::uint64_t reset() noexcept;
    bool was_reset() const noexcept { return fin_ == Fin::reset; }
    std::uint64_t sent_end() const noexcept { return sent_end_; }
    bool all_acked() const noexcept { return ring_.begin() == sent_end_; }
    // All that was written, and its end, was acknowledged.
    bool complete() const noexcept;

  private:
    enum class Fin : std::uint8_t { open, wanted, sent, lost, acked, reset };
    bool takes_more() const noexcept { return fin_ == Fin::open; }
    std::optional<Chunk> next_lost(std::size_t size);
    bool takes_fin(std::uint64_t end) noexcept;

    std::size_t room_;
    std::size_t most_;
    ByteRing ring_;
    std::uint64_t sent_end_;
    std::uint64_t written_end_;
    RangeSet acked_;  // above ring_.begin()
    RangeSet lost_;
    Fin fin_ = Fin::open;
};

}  // namespace gantry::lftp
