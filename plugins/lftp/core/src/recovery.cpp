#include <lftp/core/recovery.h>

#include <algorithm>

namespace gantry::lftp {

namespace {

constexpr unsigned kProbesAtOnce = 2;

}  // namespace

Recovery::Recovery(std::unique_ptr<CongestionController> controller, PacketFate& fate,
                   PacketNumber first_data)
    : controller_(std::move(controller)),
      fate_(fate),
      spaces_{LossDetector(), LossDetector(first_data)} {
    adjust_pace();
}

std::uint64_t Recovery::in_flight() const noexcept {
    return spaces_[0].in_flight() + spaces_[1].in_flight();
}

bool Recovery::window_open(std::uint64_t bytes) const noexcept {
    return in_flight() + bytes <= controller_->window().value();
}

void Recovery::adjust_pace() noexcept {
    pacer_.set(controller_->pacing_rate(), controller_->send_quantum());
}

void Recovery::on_sent(PacketSpace space, SentPacket packet, TimePoint now) {
    packet.delivery.sent_at = now;
    ecn_[index(space)].on_sent(packet.marked);
    unsigned& probes = probes_[index(space)];
    if (packet.counts && probes > 0) --probes;
    const bool silence = in_flight() == 0 && last_sent_at_ + probe_timeout() < now;
    if (packet.counts) last_sent_at_ = now;
    if (!packet.in_flight) return of(space).on_sent(packet);
    if (silence && rtt_.has_sample()) controller_->on_restart(now);
    const std::uint32_t size = packet.delivery.size;
    packet.delivery = rate_.on_sent(now, size, in_flight());
    of(space).on_sent(packet);
    controller_->on_sent({now, size, in_flight(), packet.delivery.app_limited});
    adjust_pace();
    pacer_.on_sent(size, now);
}

void Recovery::on_out_of_data() noexcept {
    if (window_open(1)) rate_.on_app_limited(in_flight());
}

Result<void> Recovery::on_ack(PacketSpace space, const AckFrame& ack, TimePoint now) {
    now_ = now;
    const std::uint64_t before = in_flight();
    auto outcome = of(space).on_ack(ack, *this);
    if (!outcome) return std::move(outcome).error();
    const bool elsewhere = outcome->newest && took_other_path(space, *outcome->newest);
    const bool sampled = outcome->gives_sample && !elsewhere;
    if (sampled) take_sample(space, ack, *outcome, now);
    detect(space, now);
    if (outcome->undo) controller_->on_spurious_loss(now);
    take_marks(space, ack, *outcome, now);
    if (outcome->packets > 0 && !elsewhere) tell_acked(*outcome, now, before, sampled);
    if (outcome->newest) {
        probe_timer_.on_progress();
        probes_[index(space)] = 0;
    }
    adjust_pace();
    return {};
}

void Recovery::take_sample(PacketSpace space, const AckFrame& ack, const AckOutcome& outcome,
                           TimePoint now) {
    const Duration most = confirmed_ ? max_ack_delay_ : Duration::max();
    const Duration delay =
        space == PacketSpace::handshake ? Duration(0) : std::min(ack.delay(), most);
    rtt_.add_sample(now - outcome.newest_sent_at, delay);
}

void Recovery::take_marks(PacketSpace space, const AckFrame& ack, const AckOutcome& outcome,
                          TimePoint now) {
    if (outcome.newest != ack.largest()) return;  // an old one, overtaken
    const std::uint64_t more = ecn_[index(space)].on_ack(ack.ecn());
    if (more == 0) return;
    controller_->on_congestion({now, outcome.newest_sent_at, more, in_flight(), rate_.delivered()});
}

void Recovery::tell_acked(const AckOutcome& outcome, TimePoint now, std::uint64_t before,
                          bool sampled) {
    AckSample sample;
    sample.now = now;
    sample.bytes = outcome.bytes;
    sample.packets = outcome.packets;
    sample.newest_sent_at = outcome.newest_sent_at;
    sample.rtt_latest = sampled ? rtt_.latest() : Duration(0);
    sample.rtt_minimum = rtt_.minimum();
    sample.rtt_smoothed = rtt_.smoothed();
    sample.in_flight_before = before;
    sample.in_flight = in_flight();
    sample.rate = rate_.finish(rtt_.minimum());
    controller_->on_acked(sample);
}

void Recovery::detect(PacketSpace space, TimePoint now) {
    now_ = now;
    const auto outcome = of(space).detect(now, rtt_, probe_timeout(), *this);
    lost_packets_ += outcome.packets;
    if (outcome.persistent) controller_->on_persistent_congestion(now);
}

void Recovery::on_packet_acked(const SentPacket& packet) {
    if (packet.marked) ecn_[index(packet.space)].on_marked_acked();
    if (packet.in_flight && !took_other_path(packet.space, packet.number))
        rate_.on_acked(packet.number, packet.delivery, now_);
    fate_.on_packet_acked(packet);
}

void Recovery::on_packet_lost(const SentPacket& packet) {
    const bool ours = packet.in_flight && !took_other_path(packet.space, packet.number);
    if (ours) rate_.on_lost(packet.delivery);
    if (ours && !packet.mtu_probe)
        controller_->on_lost({now_, packet.number, packet.delivery,
                              rate_.lost() - packet.delivery.lost, in_flight(), rate_.delivered()});
    fate_.on_packet_lost(packet);
}

void Recovery::on_lost_packet_acked(const SentPacket& packet) {
    if (packet.marked) ecn_[index(packet.space)].on_marked_acked();
    fate_.on_lost_packet_acked(packet);
}

TimePoint Recovery::loss_time() const noexcept {
    return std::min(spaces_[0].loss_time(), spaces_[1].loss_time());
}

TimePoint Recovery::probe_time(PacketSpace space) const noexcept {
    const bool data = space == PacketSpace::data;
    if (data && !confirmed_) return TimePoint::max();
    const Duration plain = data ? probe_timeout() : rtt_.probe_timeout();
    if (of(space).waits())
        return of(space).last_counting_sent_at() + probe_timer_.backed_off(plain);
    if (data || !probe_idle_) return TimePoint::max();
    return last_sent_at_ + probe_timer_.backed_off(plain);
}

TimePoint Recovery::deadline() const noexcept {
    if (loss_time() != TimePoint::max()) return loss_time();
    return std::min(probe_time(PacketSpace::handshake), probe_time(PacketSpace::data));
}

const SentPacket* Recovery::on_timeout(TimePoint now) {
    if (loss_time() != TimePoint::max()) {
        for (const auto space : {PacketSpace::handshake, PacketSpace::data})
            if (of(space).loss_time() <= now) detect(space, now);
        adjust_pace();
        return nullptr;
    }
    if (deadline() > now) return nullptr;
    const auto space =
        probe_time(PacketSpace::handshake) <= now ? PacketSpace::handshake : PacketSpace::data;
    probe_timer_.on_expired();
    ++probe_count_;
    probes_[index(space)] = kProbesAtOnce;
    last_sent_at_ = now;
    return of(space).oldest_open();
}

void Recovery::restart_handshake() {
    of(PacketSpace::handshake).give_up(fate_);
    probes_[index(PacketSpace::handshake)] = 0;
    probe_timer_.on_progress();
    adjust_pace();
}

void Recovery::on_datagram_size(std::size_t size) {
    controller_->on_datagram_size(size);
    adjust_pace();
}

void Recovery::on_new_path(std::unique_ptr<CongestionController> fresh, TimePoint now) {
    path_first_ = of(PacketSpace::data).next();
    rtt_ = RttEstimator();
    rate_ = DeliveryRate();
    (void)rate_.on_sent(now, 0, 0);  // its clocks begin
    ecn_[index(PacketSpace::data)].on_new_path();
    pacer_ = Pacer();
    probe_timer_.on_progress();
    if (fresh)
        controller_ = std::move(fresh);
    else
        controller_->on_persistent_congestion(now);
    adjust_pace();
}

void Recovery::on_confirmed(Duration max_ack_delay) {
    confirmed_ = true;
    probe_idle_ = false;
    max_ack_delay_ = max_ack_delay;
    of(PacketSpace::handshake).abandon();
    probes_[index(PacketSpace::handshake)] = 0;
    probe_timer_.on_progress();
}

}  // namespace gantry::lftp
