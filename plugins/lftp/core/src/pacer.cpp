#include <lftp/core/congestion/arithmetic.h>
#include <lftp/core/pacer.h>

#include <algorithm>

namespace gantry::lftp {

void Pacer::on_sent(std::uint64_t bytes, TimePoint now) noexcept {
    if (rate_.value() == 0) return void(due_ = TimePoint::min());
    if (left_ == 0) {
        left_ = train_.value();
        due_ = std::max(due_, now - kCatchUp);
    }
    left_ -= std::min(left_, bytes);
    due_ += std::chrono::nanoseconds(mul_div(bytes, 1'000'000'000, rate_.value()));
}

}  // namespace gantry::lftp
