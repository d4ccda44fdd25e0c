#include <lftp/core/congestion/arithmetic.h>
#include <lftp/core/congestion/delivery_rate.h>

#include <algorithm>

namespace gantry::lftp {

PacketDelivery DeliveryRate::on_sent(TimePoint now, std::uint32_t size,
                                     std::uint64_t in_flight) noexcept {
    if (in_flight == 0) first_sent_at_ = delivered_at_ = now;
    return {.sent_at = now,
            .first_sent_at = first_sent_at_,
            .delivered_at = delivered_at_,
            .delivered = delivered_,
            .lost = lost_,
            .in_flight = saturating_add(in_flight, size),
            .size = size,
            .app_limited = app_limited()};
}

bool DeliveryRate::is_newest(PacketNumber number, const PacketDelivery& packet) const noexcept {
    if (!has_packet_) return true;
    return packet.sent_at > sampled_.sent_at ||
           (packet.sent_at == sampled_.sent_at && number > newest_);
}

void DeliveryRate::on_acked(PacketNumber number, const PacketDelivery& packet,
                            TimePoint now) noexcept {
    delivered_ = saturating_add(delivered_, packet.size);
    delivered_at_ = acked_at_ = now;
    if (!is_newest(number, packet)) return;
    has_packet_ = true;
    newest_ = number;
    sampled_ = packet;
    first_sent_at_ = std::max(first_sent_at_, packet.sent_at);
}

void DeliveryRate::on_lost(const PacketDelivery& packet) noexcept {
    lost_ = saturating_add(lost_, packet.size);
}

RateSample DeliveryRate::finish(Duration min_rtt) noexcept {
    if (app_limited_until_ != 0 && delivered_ > app_limited_until_) app_limited_until_ = 0;
    RateSample sample{.prior_delivered = delivered_, .total_delivered = delivered_};
    if (!has_packet_) return sample;
    has_packet_ = false;
    sample.app_limited = sampled_.app_limited;
    sample.prior_delivered = sampled_.delivered;
    sample.in_flight = sampled_.in_flight;
    sample.lost = saturating_sub(lost_, sampled_.lost);
    sample.delivered = saturating_sub(delivered_, sampled_.delivered);
    sample.interval =
        std::max(sampled_.sent_at - sampled_.first_sent_at, acked_at_ - sampled_.delivered_at);
    if (sample.interval > Duration::zero() && sample.interval >= min_rtt)
        sample.rate = BytesPerSecond(rate_over(sample.delivered, sample.interval));
    return sample;
}

void DeliveryRate::on_app_limited(std::uint64_t in_flight) noexcept {
    app_limited_until_ = std::max<std::uint64_t>(saturating_add(delivered_, in_flight), 1);
}

}  // namespace gantry::lftp
