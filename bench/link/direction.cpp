#include "direction.h"

#include <poll.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <algorithm>
#include <bit>

namespace gantry::bench {

using testing::PacketFate;
using namespace std::chrono_literals;

namespace {

constexpr int kPacketsInOneTurn = 64;
constexpr std::size_t kLongestPacket = 65'536;
constexpr unsigned long kTimerSlack = 1'000;  // nanoseconds; the system's own is fifty times that

TimePoint now() { return TimePoint(std::chrono::steady_clock::now().time_since_epoch()); }

timespec to_timespec(Duration wait) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(wait);
    return {seconds.count(), (wait - seconds).count()};
}

}  // namespace

void Tally::add_lateness(Duration late_by) {
    const auto microseconds = static_cast<std::uint64_t>(late_by / 1us);
    ++late[std::min(late.size() - 1, static_cast<std::size_t>(std::bit_width(microseconds)))];
}

double Tally::late_p99_ms() const {
    std::uint64_t seen = 0;
    for (std::size_t i = 0; i < late.size(); ++i)
        if ((seen += late[i]) * 100 >= arrived * 99)
            return static_cast<double>(std::uint64_t{1} << i) / 1000;
    return 0;
}

void Direction::run(int stop) {
    ::prctl(PR_SET_TIMERSLACK, kTimerSlack);
    pollfd waits[] = {{stop, POLLIN, 0}, {from_, POLLIN, 0}};
    for (;;) {
        hand_over();
        const bool more = take_in();
        const auto next = line_.empty() ? Duration(1h) : line_.front().due - now();
        const auto limit = to_timespec(more ? Duration(0) : std::max(Duration(0), next));
        if (::ppoll(waits, 2, &limit, nullptr) > 0 && (waits[0].revents & POLLIN) != 0) return;
    }
}

bool Direction::take_in() {
    std::byte buffer[kLongestPacket];
    for (int i = 0; i < kPacketsInOneTurn; ++i) {
        const ssize_t size = ::read(from_, buffer, sizeof buffer);
        if (size <= 0) return false;
        const auto passage = model_.pass(now(), static_cast<std::size_t>(size));
        if (passage.fate == PacketFate::lost) ++tally_.lost;
        if (passage.fate == PacketFate::queue_full) ++tally_.queue_full;
        if (passage.fate == PacketFate::arrives)
            line_.push_back({passage.arrival, {buffer, buffer + size}});
    }
    return true;
}

void Direction::hand_over() {
    const auto time = now();
    for (; !line_.empty() && line_.front().due <= time; line_.pop_front()) {
        const auto& packet = line_.front();
        if (::write(to_, packet.bytes.data(), packet.bytes.size()) < 0) {
            ++tally_.refused;
            continue;
        }
        ++tally_.arrived;
        tally_.bytes += packet.bytes.size();
        tally_.add_lateness(time - packet.due);
    }
}

}  // namespace gantry::bench
