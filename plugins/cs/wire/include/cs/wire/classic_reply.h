#pragma once

#include <cs/wire/frame_header.h>

#include <array>
#include <optional>

namespace gantry::cs {

// The 12 bytes before each packet of a classic reply (docs/protocols/cs-classic.md).
struct ClassicHeader {
    static constexpr std::size_t kSize = 12;
    static constexpr std::uint16_t kNotFound = 1;

    std::uint16_t service = 0;  // or the number of bytes without padding
    std::uint16_t id = 0;
    std::uint16_t length = kSize;  // of the whole packet
    std::uint16_t error = 0;

    std::size_t data_size() const noexcept { return length - kSize; }
    bool last() const noexcept { return length == kSize; }
    std::array<std::byte, kSize> encode() const;
    // Reads the first 12 bytes; there must be as many. ErrorCode::protocol for another protocol or
    // version, a length below 12, or an error that has data.
    static Result<ClassicHeader> decode(ByteView bytes);
    bool operator==(const ClassicHeader&) const = default;
};

struct ClassicPacket {
    ClassicHeader header;
    ByteView data;  // valid until the next call of feed() or next()
};

// Cuts a stream of bytes into packets, however they are split. Keeps one packet, which is at most
// 65535 bytes. After an Error every further call answers the same.
class ClassicReplyDecoder {
  public:
    // Gives it the next bytes of the stream. They stay the caller's, and must live until next() has
    // answered nothing. Call it only then.
    void feed(ByteView bytes) noexcept { input_ = bytes; }
    // The next packet; nothing when the bytes are used up.
    Result<std::optional<ClassicPacket>> next();

  private:
    bool gather(std::size_t size);

    ByteView input_;
    Bytes kept_;         // the packet that has begun
    bool told_ = false;  // kept_ was handed out and goes with the next call
};

}  // namespace gantry::cs
