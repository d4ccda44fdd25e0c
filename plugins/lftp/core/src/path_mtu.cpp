#include <lftp/core/path_mtu.h>

#include <algorithm>
#include <array>

namespace gantry::lftp {

namespace {

constexpr std::array<std::array<MtuState, 4>, 3> kMtuTable{{
    // start, narrowed, raise_due, black_hole
    {MtuState::searching, MtuState::disabled, MtuState::disabled, MtuState::disabled},
    {MtuState::searching, MtuState::complete, MtuState::searching, MtuState::searching},
    {MtuState::searching, MtuState::complete, MtuState::searching, MtuState::searching},
}};
constexpr std::array<std::string_view, 3> kMtuNames{"disabled", "searching", "complete"};

// UDP payloads of Ethernet under IPv6 and IPv4, and of its jumbo frames.
constexpr std::array<std::size_t, 4> kCommonSizes{1452, 1472, 8952, 8972};
constexpr std::size_t kClose = 16;  // fewer bytes that are open are not worth a probe
constexpr unsigned kProbesOfOneSize = 3;
constexpr unsigned kVanishedPackets = 3;
constexpr unsigned kVanishedTimeouts = 2;
constexpr std::chrono::minutes kRaiseAfter{10};

}  // namespace

MtuState state_after(MtuState state, MtuStep step) noexcept {
    return kMtuTable[static_cast<std::size_t>(state)][static_cast<std::size_t>(step)];
}

std::string_view state_name(MtuState state) noexcept {
    return kMtuNames[static_cast<std::size_t>(state)];
}

PathMtu::PathMtu(std::size_t size, std::size_t largest) noexcept
    : low_(size), high_(std::max(size, largest) + 1), largest_(std::max(size, largest)) {}

void PathMtu::cap(std::size_t largest) noexcept {
    largest_ = std::min(largest_, std::max(largest, kBase));
    low_ = std::min(low_, largest_);
    high_ = std::min(high_, largest_ + 1);
}

void PathMtu::begin_search() noexcept {
    high_ = largest_ + 1;
    lost_ = 0;
    in_flight_ = false;
    raise_at_ = TimePoint::max();
}

void PathMtu::fall_back() noexcept {
    low_ = std::min(kBase, largest_);
    vanished_ = 0;
    begin_search();
}

void PathMtu::on_confirmed() noexcept {
    step(MtuStep::start);
    begin_search();
}

void PathMtu::on_new_path() noexcept {
    step(MtuStep::start);
    fall_back();
}

// The common sizes first, then the largest unless something has failed, then halves.
std::optional<std::size_t> PathMtu::next_size() const noexcept {
    for (const std::size_t common : kCommonSizes)
        if (common > low_ && common < high_) return common;
    if (low_ < largest_ && high_ > largest_) return largest_;
    return high_ - low_ <= kClose ? std::nullopt : std::optional(low_ + (high_ - low_) / 2);
}

std::optional<std::size_t> PathMtu::poll_probe(TimePoint now) noexcept {
    if (state_ != MtuState::searching || in_flight_) return std::nullopt;
    if (const auto size = next_size()) return size;
    step(MtuStep::narrowed);
    if (low_ < largest_) raise_at_ = now + kRaiseAfter;
    return std::nullopt;
}

void PathMtu::on_probe_acked(std::size_t size) noexcept {
    in_flight_ = false;
    lost_ = 0;
    low_ = std::max(low_, std::min(size, largest_));
    high_ = std::max(high_, low_ + 1);
}

void PathMtu::on_probe_lost(std::size_t size) noexcept {
    in_flight_ = false;
    if (++lost_ < kProbesOfOneSize) return;
    lost_ = 0;
    if (size > low_) high_ = std::min(high_, size);
}

void PathMtu::on_refused(std::size_t size) noexcept {
    if (size <= kBase) return;
    in_flight_ = false;
    lost_ = 0;
    if (size <= low_) low_ = kBase;
    high_ = std::min(high_, size);
}

void PathMtu::on_acked(PacketNumber number, std::size_t size) noexcept {
    if (size <= kBase) return;
    newest_acked_ = std::max(newest_acked_.value_or(number), number);
    vanished_ = 0;
}

void PathMtu::on_lost(PacketNumber number, std::size_t size, TimePoint sent_at,
                      Duration probe_timeout) noexcept {
    if (size <= kBase || low_ <= kBase || (newest_acked_ && number < *newest_acked_)) return;
    if (vanished_++ == 0) vanished_from_ = sent_at;
    if (vanished_ < kVanishedPackets || sent_at - vanished_from_ < probe_timeout) return;
    step(MtuStep::black_hole);
    fall_back();
}

void PathMtu::on_probe_timeout(unsigned in_a_row) noexcept {
    if (in_a_row < kVanishedTimeouts || low_ <= kBase) return;
    step(MtuStep::black_hole);
    fall_back();
}

void PathMtu::on_timeout(TimePoint now) noexcept {
    if (now < raise_at_) return;
    step(MtuStep::raise_due);
    begin_search();
}

}  // namespace gantry::lftp
