#include <bottleneck/network.h>

#include <algorithm>

namespace gantry::testing {

Flow& Network::add(std::unique_ptr<lftp::CongestionController> controller,
                   const FlowOptions& options) {
    return flows_.emplace_back(std::move(controller), options);
}

void Network::run_until(TimePoint end) {
    for (;;) {
        Flow* next = nullptr;
        TimePoint at = end;
        for (auto& flow : flows_)
            if (const TimePoint due = flow.next_event(); due < at) {
                next = &flow;
                at = due;
            }
        if (!next) break;
        now_ = std::max(now_, at);
        next->step(now_, link_);
    }
    now_ = end;
}

void Network::mark() {
    marked_.clear();
    for (const auto& flow : flows_) marked_.push_back(flow.delivered());
    marked_at_ = now_;
}

std::vector<double> Network::rates() const {
    std::vector<double> rates;
    const double time = to_seconds(now_ - marked_at_);
    for (std::size_t i = 0; i < flows_.size(); ++i)
        rates.push_back(static_cast<double>(flows_[i].delivered() - marked_[i]) / time);
    return rates;
}

double jain_index(const std::vector<double>& shares) {
    double sum = 0;
    double squares = 0;
    for (const double share : shares) {
        sum += share;
        squares += share * share;
    }
    return squares > 0 ? sum * sum / (static_cast<double>(shares.size()) * squares) : 0;
}

}  // namespace gantry::testing
