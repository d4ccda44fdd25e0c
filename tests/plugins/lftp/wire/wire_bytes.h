#pragma once

#include <gantry/bytes/writer.h>
#include <gantry/crypto/digest.h>
#include <lftp/wire/connection_id.h>
#include <lftp/wire/packet_reader.h>

#include <array>
#include <string>
#include <vector>

namespace gantry::lftp {

using Bytes = std::vector<std::byte>;

// The ids in the examples of docs/protocols/rudp.md.
inline constexpr ConnectionId kClientId{0x0001020304050607};
inline constexpr ConnectionId kServerId{0xf067a5502a4262b5};
inline constexpr ConnectionId kFirstGuess{0x8394c8f03e515708};

// "01 c5 ..." as bytes; blanks are for the reader.
inline Bytes hex(const std::string& text) {
    std::string digits;
    for (const char c : text)
        if (c != ' ') digits += c;
    return from_hex(digits).value();
}

inline std::string shown(ByteView bytes) { return to_hex(bytes); }
// The same form of a text with blanks.
inline std::string plain(const std::string& text) { return shown(hex(text)); }

// What `write` puts into a writer with room enough.
template <class Write>
Bytes written(Write&& write) {
    std::array<std::byte, 2048> buffer{};
    ByteWriter writer(buffer);
    write(writer);
    return {buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(writer.size())};
}

template <class Value>
Bytes encoded(const Value& value) {
    return written([&](ByteWriter& writer) { value.encode(writer); });
}

// Whether every cut of the bytes is refused by `decode`, which answers a Result.
template <class Decode>
bool refuses_every_cut(const Bytes& bytes, Decode&& decode) {
    for (std::size_t size = 0; size < bytes.size(); ++size)
        if (decode(ByteView(bytes).first(size)).ok()) return false;
    return true;
}

}  // namespace gantry::lftp
