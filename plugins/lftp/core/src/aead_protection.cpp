#include <lftp/core/aead_protection.h>

#include <algorithm>
#include <utility>

namespace gantry::lftp {

namespace {

AeadBuffer buffer_of(const TrafficKey& key, PacketNumber number, ByteSpan packet) {
    AeadBuffer out;
    out.nonce = key.nonce(number);
    out.associated = packet.first(DataHeader::kSize);
    out.bytes = packet.subspan(DataHeader::kSize);
    return out;
}

Result<ByteView> opened(TrafficKey& key, PacketNumber number, ByteSpan packet) {
    auto buffer = buffer_of(key, number, packet);
    if (key.key->unseal({&buffer, 1}) != 1)
        return make_error(ErrorCode::integrity, "rudp", "a packet is not genuine");
    return buffer.text();
}

Error overtaken() {
    return make_error(ErrorCode::protocol, "rudp",
                      "a packet of an old key has a higher number than one of a newer key");
}

}  // namespace

Result<AeadProtection::Direction> AeadProtection::direction(TrafficSecret secret) {
    auto key = secret.key();
    if (!key) return std::move(key).error();
    auto next = secret.next();
    if (!next) return std::move(next).error();
    return Direction{std::move(*next), std::move(*key)};
}

AeadProtection::AeadProtection(Direction send, Direction receive, TrafficKey receive_next,
                               std::uint64_t packets_per_key)
    : send_(std::move(send)),
      receive_(std::move(receive)),
      receive_next_(std::move(receive_next)),
      packets_per_key_(packets_per_key) {}

Result<std::unique_ptr<PacketProtection>> AeadProtection::create(TrafficSecret own,
                                                                 TrafficSecret peer,
                                                                 std::uint64_t packets_per_key) {
    auto send = direction(std::move(own));
    auto receive = direction(std::move(peer));
    if (!send) return std::move(send).error();
    if (!receive) return std::move(receive).error();
    auto next = receive->next_secret.key();
    if (!next) return std::move(next).error();
    return std::unique_ptr<PacketProtection>(new AeadProtection(
        std::move(*send), std::move(*receive), std::move(*next), packets_per_key));
}

bool AeadProtection::may_update() const noexcept {
    return confirmed_ && phase_acked_ && send_phase_ == receive_phase_;
}

void AeadProtection::on_acked(PacketNumber number) noexcept {
    phase_acked_ = phase_acked_ || (sealed_ > 0 && number >= send_first_);
}

// Before the header is written, since it names the phase.
void AeadProtection::prepare(PacketNumber number) {
    if (sealed_ >= packets_per_key_ && may_update()) (void)update_send(number);
}

Result<void> AeadProtection::update_send(PacketNumber first) {
    auto fresh = direction(std::move(send_.next_secret));
    if (!fresh) return std::move(fresh).error();
    send_ = std::move(*fresh);
    send_phase_ = !send_phase_;
    send_first_ = first;
    sealed_ = 0;
    phase_acked_ = false;
    return {};
}

Result<void> AeadProtection::update_receive(PacketNumber first) {
    auto next_secret = receive_.next_secret.next();
    if (!next_secret) return std::move(next_secret).error();
    auto next_key = next_secret->key();
    if (!next_key) return std::move(next_key).error();
    receive_former_ =
        std::exchange(receive_.current, std::exchange(receive_next_, std::move(*next_key)));
    receive_.next_secret = std::move(*next_secret);
    receive_phase_ = !receive_phase_;
    receive_first_ = first;
    return {};
}

Result<void> AeadProtection::seal(PacketNumber number, ByteSpan packet) {
    if (sealed_ >= 2 * packets_per_key_)
        return make_error(ErrorCode::limit, "rudp", "a key was used for too many packets");
    ++sealed_;
    next_sent_ = PacketNumber(number.value() + 1);
    const auto buffer = buffer_of(send_.current, number, packet);
    return send_.current.key->seal({&buffer, 1});
}

// What has the other phase is older than this one, or the first of the next.
TrafficKey& AeadProtection::key_for(PacketNumber number, bool phase) noexcept {
    if (phase == receive_phase_) return receive_.current;
    return number < receive_first_ && receive_former_.key ? receive_former_ : receive_next_;
}

Result<void> AeadProtection::follow_update(PacketNumber number) {
    if (number < largest_opened_) return overtaken();
    former_largest_ = std::exchange(largest_opened_, number);
    if (auto done = update_receive(number); !done) return std::move(done).error();
    return send_phase_ == receive_phase_ ? Result<void>() : update_send(next_sent_);
}

// The other phase, behind packets of the present one: of the next key, unless the peer went back to
// the former one. A copy is needed to tell, since a failure to open destroys the bytes.
Result<ByteView> AeadProtection::unseal_next(PacketNumber number, ByteSpan packet) {
    std::vector<std::byte> copy;
    if (receive_former_.key) copy.assign(packet.begin(), packet.end());
    const auto frames = opened(receive_next_, number, packet);
    if (!frames) {
        const bool went_back = receive_former_.key && opened(receive_former_, number, copy).ok();
        return went_back ? overtaken() : frames.error();
    }
    if (auto done = follow_update(number); !done) return std::move(done).error();
    return frames;
}

Result<ByteView> AeadProtection::unseal(PacketNumber number, const DataHeader& header,
                                        ByteSpan packet) {
    if (packet.size() <= DataHeader::kSize + kAeadTagSize)
        return make_error(ErrorCode::integrity, "rudp", "a packet without frames");
    TrafficKey& key = key_for(number, header.key_phase);
    if (&key == &receive_next_) return unseal_next(number, packet);
    const auto frames = opened(key, number, packet);
    if (!frames || &key != &receive_.current) return frames;
    if (former_largest_ && number < *former_largest_) return overtaken();
    receive_first_ = std::min(receive_first_, number);
    largest_opened_ = std::max(largest_opened_, number);
    return frames;
}

}  // namespace gantry::lftp
