#include <lftp/core/congestion/fixed.h>

namespace gantry::lftp {

ByteCount Fixed::window() const noexcept {
    const auto round_trips = mul_div(bytes_in(rate_.value(), smoothed_), 2, 1);
    return ByteCount(std::clamp(round_trips, initial_window(datagram_), kLargestWindow));
}

}  // namespace gantry::lftp
