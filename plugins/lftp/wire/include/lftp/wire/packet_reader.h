#pragma once

#include <gantry/bytes/reader.h>
#include <gantry/bytes/writer.h>

#include <string>

namespace gantry::lftp {

// Reads the fields of a packet from borrowed bytes. The first read that does not fit sets failed(),
// and from then on all are 0 or empty: check once, at the end.
class PacketReader {
  public:
    explicit PacketReader(ByteView bytes) noexcept : reader_(bytes) {}

    std::uint8_t u8() noexcept { return taken(reader_.u8()); }
    std::uint16_t u16() noexcept { return taken(reader_.u16()); }
    std::uint32_t u32() noexcept { return taken(reader_.u32()); }
    std::uint64_t u64() noexcept { return taken(reader_.u64()); }
    std::uint64_t varint() noexcept;
    // A number of microseconds, as a varint; more than ten days count as that.
    Duration micros() noexcept;
    // A view into the borrowed bytes.
    ByteView bytes(std::uint64_t count) noexcept;
    ByteView rest() noexcept { return bytes(remaining()); }

    // What was read cannot be: as a read that does not fit.
    void fail() noexcept { failed_ = true; }
    bool failed() const noexcept { return failed_; }
    std::size_t remaining() const noexcept { return failed_ ? 0 : reader_.remaining(); }
    bool done() const noexcept { return remaining() == 0; }
    // The bytes that are not read yet, left where they are.
    ByteView ahead() const noexcept { return failed_ ? ByteView() : reader_.rest(); }

  private:
    template <class N>
    N taken(Result<N> read) noexcept {
        failed_ = failed_ || !read;
        return failed_ ? N() : *read;
    }

    ByteReader reader_;
    bool failed_ = false;
};

// As PacketReader::micros() reads it; what is below a microsecond is cut off.
void write_micros(ByteWriter& writer, Duration duration) noexcept;
std::size_t micros_size(Duration duration) noexcept;

// The peer broke the rules: ErrorCode::protocol in the domain "rudp".
Error wire_error(std::string message);

}  // namespace gantry::lftp
