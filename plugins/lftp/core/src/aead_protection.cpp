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

Result<ByteView> AeadProtection::unseal(PacketNumber number, const DataHeader& header,
                                      ByteSpan packet) {
    TrafficKey& key = key_for(number, header.key_phase);
    if (packet.size() <= DataHeader::kSize + kAeadTagSize)
        return make_error(ErrorCode::integrity, "rudp", "a packet without frames");
    auto buffer = buffer_of(key, number, packet);
    if (key.key->unseal({&buffer, 1}) != 1)
        return make_error(ErrorCode::integrity, "rudp", "a packet is not genuine");
    const ByteView frames = buffer.text();
    if (&key == &receive_.current) receive_first_ = std::min(receive_first_, number);
    if (&key != &receive_next_) return frames;
    if (auto done = update_receive(number); !done) return std::move(done).error();
    if (send_phase_ != receive_phase_)
        if (auto done = update_send(next_sent_); !done) return std::move(done).error();
    return frames;
}

}  // namespace gantry::lftp
