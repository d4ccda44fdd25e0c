#include <cs/wire/piece_message.h>
#include <gantry/bytes/reader.h>
#include <gantry/bytes/writer.h>

#include <algorithm>

namespace gantry::cs {

namespace {

constexpr std::size_t kPieceHead = 9;

}  // namespace

Bytes PieceMessage::encode() const {
    Bytes body(kPieceHead + check.value.size());
    ByteWriter(body).u64(offset).u8(static_cast<std::uint8_t>(check.algorithm));
    std::copy(check.value.begin(), check.value.end(), body.begin() + kPieceHead);
    return body;
}

Result<PieceMessage> PieceMessage::decode(ByteView body) {
    ByteReader reader(body);
    auto head = reader.bytes(kPieceHead);
    if (!head) return protocol_error("a piece frame is cut short");
    ByteReader numbers(*head);
    const auto offset = numbers.u64().value();
    const auto algorithm = static_cast<CheckAlgorithm>(numbers.u8().value());
    const auto value = body.subspan(kPieceHead);
    return PieceMessage{offset, {algorithm, Bytes(value.begin(), value.end())}};
}

}  // namespace gantry::cs
