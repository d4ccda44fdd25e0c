#include <gantry/bytes/writer.h>
#include <lftp/core/doorkeeper.h>
#include <lftp/core/limits.h>
#include <lftp/wire/retry_packet.h>
#include <lftp/wire/version_negotiation.h>

#include <algorithm>

namespace gantry::lftp {

namespace {

// The longest reply is a retry: header, id, cookie, checksum.
template <class Packet>
Reply encoded(const Packet& packet) {
    std::array<std::byte, 128> buffer;
    ByteWriter writer(buffer);
    packet.encode(writer);
    return {writer.written().begin(), writer.written().end()};
}

}  // namespace

Result<Doorkeeper> Doorkeeper::make(KdfService& kdf, ByteView key) {
    auto secret_of = [&](std::string_view purpose) {
        return kdf.hkdf(DigestAlgorithm::sha256, key, {}, as_bytes(purpose), 32);
    };
    const auto cookie_key = secret_of("rudp cookie");
    if (!cookie_key) return cookie_key.error();
    const auto reset_key = secret_of("rudp reset");
    if (!reset_key) return reset_key.error();
    auto cookies = KeyedTag::make(kdf, cookie_key->view());
    if (!cookies) return std::move(cookies).error();
    auto resets = KeyedTag::make(kdf, reset_key->view());
    if (!resets) return std::move(resets).error();
    return Doorkeeper(RetryCookie(std::move(*cookies)), std::move(*resets));
}

ResetToken Doorkeeper::reset_token(ConnectionId id) const {
    std::array<std::byte, 8> bytes;
    ByteWriter(bytes).u64(id.value());
    return resets_.of(bytes);
}

Doorkeeper::Verdict Doorkeeper::on_long(ByteView datagram, const Endpoint& from,
                                        std::size_t half_open, ConnectionId fresh,
                                        TimePoint now) const {
    if (datagram.size() < limits::kMinDatagram) return TurnedAway();
    const auto header = peek_long_header(datagram);
    if (!header || header->kind == LongKind::version_negotiation) return TurnedAway();
    if (header->version != kVersion1)
        return encoded(VersionNegotiation{header->source, header->destination, {kVersion1}});
    const auto packet = LongPacket::decode(datagram);
    if (!packet || packet->header.kind != LongKind::first) return TurnedAway();
    return on_first(*packet, from, half_open, fresh, now);
}

Doorkeeper::Verdict Doorkeeper::on_first(const LongPacket& packet, const Endpoint& from,
                                         std::size_t half_open, ConnectionId fresh,
                                         TimePoint now) const {
    if (half_open >= limits::kMaxHalfOpen) return TurnedAway();
    const auto to = packet.header.destination;
    if (const auto original = cookies_.check(packet.cookie, now, from, to))
        return Admitted{*original, to, true};
    if (half_open < limits::kRetryAbove) return Admitted{to, ConnectionId(), false};
    const auto cookie = cookies_.make(now, from, to, fresh);
    return encoded(RetryPacket{packet.header.source, fresh, to, cookie});
}

Doorkeeper::Verdict Doorkeeper::on_stray(ByteView datagram, TimePoint now) {
    const auto header = DataHeader::decode(datagram);
    if (!header || datagram.size() <= ResetPacket::kSize) return TurnedAway();
    if (now - second_ >= std::chrono::seconds(1)) {
        second_ = now;
        resets_sent_ = 0;
    }
    if (resets_sent_ >= limits::kMaxResetsPerSecond) return TurnedAway();
    ++resets_sent_;
    return encoded(ResetPacket{header->destination, reset_token(header->destination)});
}

}  // namespace gantry::lftp
