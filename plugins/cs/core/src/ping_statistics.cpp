#include <cs/core/ping_statistics.h>

#include <algorithm>
#include <cassert>
#include <numeric>

namespace gantry::cs {

namespace {

Duration mean_of(const std::vector<Duration>& times) {
    if (times.empty()) return Duration{};
    return std::accumulate(times.begin(), times.end(), Duration{}) /
           static_cast<Duration::rep>(times.size());
}

}  // namespace

PingStatistics ping_statistics(const std::vector<Duration>& times) {
    assert(!times.empty());
    std::vector<Duration> differences;
    for (std::size_t i = 1; i < times.size(); ++i)
        differences.push_back(std::chrono::abs(times[i] - times[i - 1]));
    auto sorted = times;
    std::sort(sorted.begin(), sorted.end());
    const auto rank = (sorted.size() * 99 + 99) / 100;  // rounded up, from 1
    return {sorted.front(), mean_of(times), sorted[rank - 1], sorted.back(), mean_of(differences)};
}

}  // namespace gantry::cs
