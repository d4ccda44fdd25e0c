#pragma once

#include <cs/wire/fields.h>

namespace gantry::cs {

// What one piece of a file comes to (docs/protocols/cs.md, "Pieces"). Errors of decode() as in
// file_messages.h.
struct PieceMessage {
    static constexpr std::uint64_t kPiece = 1024 * 1024;  // bytes; the last of a file may be short

    // How many pieces so many bytes have.
    static constexpr std::uint64_t count(std::uint64_t bytes) {
        return bytes / kPiece + (bytes % kPiece != 0 ? 1 : 0);
    }

    std::uint64_t offset = 0;  // of the piece in the file
    CheckValue check;

    Bytes encode() const;
    static Result<PieceMessage> decode(ByteView body);
    bool operator==(const PieceMessage&) const = default;
};

}  // namespace gantry::cs
