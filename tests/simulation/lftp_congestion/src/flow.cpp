#include <bottleneck/flow.h>

#include <lftp/core/congestion/settings.h>

#include <algorithm>

namespace gantry::testing {

Flow::Flow(std::unique_ptr<lftp::CongestionController> controller, const FlowOptions& options)
    : controller_(std::move(controller)),
      options_(options),
      paced_until_(TimePoint(options.starts_after)),
      last_activity_(TimePoint(options.starts_after)),
      chance_(options.seed) {}

bool Flow::may_send() const {
    return in_flight_ + options_.datagram <= controller_->window().value();
}

TimePoint Flow::ack_due() const {
    const TimePoint delayed = untold_since_ ? *untold_since_ + kMaxAckDelay + back_ : kNever;
    return acks_.empty() ? delayed : std::min(acks_.front().at, delayed);
}

TimePoint Flow::next_event() const {
    const TimePoint first = std::min(ack_due(), timer());
    return may_send() ? std::min(first, paced_until_) : first;
}

void Flow::step(TimePoint now, Bottleneck& link) {
    if (untold_since_ && *untold_since_ + kMaxAckDelay + back_ <= now)
        flush_ack(*untold_since_ + kMaxAckDelay, back_);
    while (!acks_.empty() && acks_.front().at <= now) {
        take_ack(acks_.front());
        acks_.pop_front();
    }
    if (timer() <= now) on_timer(now, link);
    if (may_send() && paced_until_ <= now) send_train(now, link);
}

void Flow::send_train(TimePoint now, Bottleneck& link) {
    const auto quantum = options_.paced ? controller_->send_quantum().value() : lftp::kUnbounded;
    std::uint64_t sent = 0;
    do {
        send_one(now, link);
        sent += options_.datagram;
    } while (may_send() && sent + options_.datagram <= quantum);
    if (!options_.paced) return;
    const auto rate = std::max<std::uint64_t>(controller_->pacing_rate().value(), 1);
    const auto time = lftp::mul_div(sent, 1'000'000'000, rate);
    paced_until_ = std::max(now - lftp::kLongestTrain, paced_until_) +
                   Duration(static_cast<std::int64_t>(time));
}

void Flow::send_one(TimePoint now, Bottleneck& link) {
    Packet sent{.delivery = rate_.on_sent(now, options_.datagram, in_flight_)};
    in_flight_ += options_.datagram;
    packets_.push_back(sent);
    const auto number = next_++;
    back_ = link.way_back() + options_.extra_delay;
    const auto arrival = link.offer(now, options_.datagram);
    if (arrival) arrive(number, *arrival + options_.extra_delay, back_);
    controller_->on_sent({.now = now, .bytes = options_.datagram, .in_flight = in_flight_});
    last_activity_ = now;
}

// The link keeps the order, so what arrives is known when it is sent.
void Flow::arrive(std::uint64_t number, TimePoint at, Duration back) {
    if (untold_since_ && *untold_since_ + kMaxAckDelay <= at)
        flush_ack(*untold_since_ + kMaxAckDelay, back);
    packet(number).arrived = true;
    if (!untold_since_) {
        untold_since_ = at;
        untold_first_ = number;
    }
    const bool gap = number != expected_;
    expected_ = number + 1;
    const int every =
        number < kEagerPackets ? std::min(kEagerAcks, options_.ack_every) : options_.ack_every;
    if (++untold_ >= every || gap) flush_ack(at, back);
}

void Flow::flush_ack(TimePoint at, Duration back) {
    const double late = chance_.unit() * static_cast<double>(options_.jitter.count());
    TimePoint told = at + back + Duration(static_cast<std::int64_t>(late));
    if (!acks_.empty()) told = std::max(told, acks_.back().at);
    acks_.push_back({told, untold_first_, expected_ - 1});
    untold_since_.reset();
    untold_ = 0;
}

lftp::AckSample Flow::acknowledge(const Ack& ack) {
    lftp::AckSample sample{.now = ack.at, .in_flight_before = in_flight_};
    for (auto number = std::max(ack.first, first_); number <= ack.last; ++number) {
        Packet& told = packet(number);
        if (!told.arrived || told.fate == Fate::kAcked) continue;
        if (told.fate == Fate::kFlying) in_flight_ -= told.delivery.size;
        told.fate = Fate::kAcked;
        rate_.on_acked(lftp::PacketNumber(number), told.delivery, ack.at);
        sample.bytes += told.delivery.size;
        ++sample.packets;
        sample.newest_sent_at = told.delivery.sent_at;
    }
    return sample;
}

void Flow::take_ack(const Ack& ack) {
    auto sample = acknowledge(ack);
    if (sample.packets == 0) return;
    largest_acked_ = std::max(largest_acked_, ack.last);
    rtt_.add_sample(ack.at - sample.newest_sent_at, {});
    probes_ = 0;
    last_activity_ = ack.at;
    detect_loss(ack.at);
    sample.rtt_latest = rtt_.latest();
    sample.rtt_minimum = rtt_.minimum();
    sample.rtt_smoothed = rtt_.smoothed();
    sample.in_flight = in_flight_;
    sample.rate = rate_.finish(rtt_.minimum());
    controller_->on_acked(sample);
    forget_answered();
}

Duration Flow::reordering() const { return std::max(rtt_.smoothed(), rtt_.latest()) * 9 / 8; }

void Flow::detect_loss(TimePoint now) {
    for (; unresolved_ < largest_acked_; ++unresolved_) {
        const Packet& oldest = packet(unresolved_);
        if (oldest.fate != Fate::kFlying) continue;
        if (unresolved_ + kReordering > largest_acked_ &&
            oldest.delivery.sent_at + reordering() > now)
            return;
        lose(unresolved_, now);
    }
}

void Flow::lose(std::uint64_t number, TimePoint now) {
    Packet& lost = packet(number);
    lost.fate = Fate::kLost;
    in_flight_ -= lost.delivery.size;
    rate_.on_lost(lost.delivery);
    controller_->on_lost({.now = now,
                          .number = lftp::PacketNumber(number),
                          .packet = lost.delivery,
                          .lost_since_sent = rate_.lost() - lost.delivery.lost,
                          .in_flight = in_flight_,
                          .delivered = rate_.delivered()});
}

TimePoint Flow::timer() const {
    if (in_flight_ == 0) return kNever;
    if (unresolved_ < largest_acked_ && unresolved_ >= first_) {
        const Packet& oldest = packets_[unresolved_ - first_];
        if (oldest.fate == Fate::kFlying) return oldest.delivery.sent_at + reordering();
    }
    return last_activity_ + (rtt_.probe_timeout() + kMaxAckDelay) * (1 << std::min(probes_, 6));
}

void Flow::on_timer(TimePoint now, Bottleneck& link) {
    if (unresolved_ < largest_acked_) return detect_loss(now);
    if (++probes_ == 3) controller_->on_persistent_congestion(now);
    send_one(now, link);
}

// What arrived but is not told stays: the receiver's numbers point at it.
void Flow::forget_answered() {
    const auto keep = untold_since_ ? std::min(untold_first_, unresolved_) : unresolved_;
    const auto oldest_ack = acks_.size() > 1 ? std::min(keep, acks_[1].first) : keep;
    while (first_ < oldest_ack && packets_.front().fate != Fate::kFlying) {
        packets_.pop_front();
        ++first_;
    }
}

}  // namespace gantry::testing
