#pragma once

#include <bottleneck/flow.h>

#include <deque>
#include <vector>

namespace gantry::testing {

// Flows over one bottleneck, in virtual time from 0.
class Network {
  public:
    explicit Network(const LinkOptions& options) : link_(options) {}

    Flow& add(std::unique_ptr<lftp::CongestionController> controller,
              const FlowOptions& options = {});
    void run_until(TimePoint end);
    void run_until(Duration end) { run_until(TimePoint(end)); }

    Flow& flow(std::size_t index) { return flows_[index]; }
    std::size_t size() const { return flows_.size(); }
    Bottleneck& link() { return link_; }

    // Bytes a second that each flow brought to the far end since `from` was told, by mark().
    void mark();
    std::vector<double> rates() const;

  private:
    Bottleneck link_;
    std::deque<Flow> flows_;
    TimePoint now_;
    TimePoint marked_at_;
    std::vector<std::uint64_t> marked_;
};

// (sum x)^2 / (n sum x^2): 1 when all have the same.
double jain_index(const std::vector<double>& shares);

}  // namespace gantry::testing
