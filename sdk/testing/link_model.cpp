#include <gantry/testing/link_model.h>

#include <algorithm>

namespace gantry::testing {

namespace {
constexpr double kNanosecondsPerSecond = 1e9;
}

Duration LinkModel::time_for(std::uint64_t bytes) const {
    const double seconds = static_cast<double>(bytes) / static_cast<double>(options_.rate.value());
    return Duration(static_cast<Duration::rep>(seconds * kNanosecondsPerSecond));
}

std::uint64_t LinkModel::backlog(TimePoint now) const {
    if (options_.rate.value() == 0 || busy_until_ <= now) return 0;
    const double seconds = static_cast<double>((busy_until_ - now).count()) / kNanosecondsPerSecond;
    return static_cast<std::uint64_t>(seconds * static_cast<double>(options_.rate.value()));
}

TimePoint LinkModel::room_at(TimePoint now, std::size_t bytes) const {
    const std::uint64_t limit = options_.queue.value();
    const std::uint64_t waiting = backlog(now);
    if (limit == 0 || waiting == 0 || waiting + bytes <= limit) return now;
    // A packet longer than the whole queue waits until it is empty. The extra nanoseconds cover
    // what the conversion between bytes and time rounds off.
    const std::uint64_t excess = std::min<std::uint64_t>(waiting, waiting + bytes - limit);
    return now + time_for(excess) + std::chrono::nanoseconds(10) + time_for(1);
}

// One step of the two-state chain, and one draw for the packet.
bool LinkModel::is_lost() {
    if (options_.burst_start > 0) {
        const double change = in_burst_ ? options_.burst_end : options_.burst_start;
        if (random_.chance(change)) in_burst_ = !in_burst_;
        if (in_burst_ && random_.chance(options_.burst_loss)) return true;
    }
    return random_.chance(options_.loss);
}

Passage LinkModel::pass(TimePoint now, std::size_t bytes) {
    Passage passage;
    const std::uint64_t waiting = backlog(now);
    const std::uint64_t limit = options_.queue.value();
    if (limit > 0 && waiting > 0 && waiting + bytes > limit) {
        passage.fate = PacketFate::queue_full;
        return passage;
    }
    const std::uint64_t threshold = options_.mark_above.value();
    passage.marked = threshold > 0 && waiting > threshold;

    TimePoint departure = now;
    if (options_.rate.value() > 0)
        departure = busy_until_ = std::max(now, busy_until_) + time_for(bytes);
    if (is_lost()) {
        passage.fate = PacketFate::lost;
        return passage;
    }
    passage.arrival = departure + options_.delay;
    if (options_.jitter.count() > 0)
        passage.arrival += Duration(static_cast<Duration::rep>(
            random_.below(static_cast<std::uint64_t>(options_.jitter.count()) + 1)));
    passage.held_back = random_.chance(options_.reorder);
    if (passage.held_back)
        passage.arrival += options_.reorder_delay;
    else
        passage.arrival = last_arrival_ = std::max(passage.arrival, last_arrival_);
    passage.corrupted = random_.chance(options_.corrupt);
    if (random_.chance(options_.duplicate))
        passage.duplicate =
            passage.arrival + Duration(static_cast<Duration::rep>(random_.below(1'000'000)));
    return passage;
}

}  // namespace gantry::testing
