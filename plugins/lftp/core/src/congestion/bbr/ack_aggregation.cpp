#include <lftp/core/congestion/arithmetic.h>
#include <lftp/core/congestion/bbr/ack_aggregation.h>

#include <algorithm>

namespace gantry::lftp {

void AckAggregation::on_ack(TimePoint now, std::uint64_t acked, std::uint64_t bandwidth,
                            std::uint64_t window, std::uint64_t round,
                            std::uint64_t memory) noexcept {
    std::uint64_t expected = begun_ ? bytes_in(bandwidth, now - since_) : kUnbounded;
    begun_ = true;
    if (delivered_ <= expected) {
        delivered_ = 0;
        since_ = now;
        expected = 0;
    }
    delivered_ = saturating_add(delivered_, acked);
    extra_.update(std::min(saturating_sub(delivered_, expected), window), round, memory);
}

}  // namespace gantry::lftp
