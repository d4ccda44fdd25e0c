#pragma once

#include <gantry/core/clock.h>
#include <gantry/core/units.h>
#include <lftp/core/limits.h>
#include <lftp/wire/packet_number.h>

#include <optional>
#include <string_view>

namespace gantry::lftp {

// Where a search for the largest datagram stands (RFC 8899 section 5.2; the base of 1200 bytes is
// what every path takes, so there is no state of error).
enum class MtuState : std::uint8_t {
    disabled,  // the connection is not confirmed
    searching,
    complete,
};
enum class MtuStep : std::uint8_t {
    start,      // the connection is confirmed, or takes another path
    narrowed,   // too little is open to go on
    raise_due,  // long ago: the path may take more by now
    black_hole,
};
MtuState state_after(MtuState state, MtuStep step) noexcept;
std::string_view state_name(MtuState state) noexcept;

// Finds out how large datagrams of the path may be (docs/protocols/rudp.md section 8). It is told
// what becomes of packets, and says when to probe and with which size.
class PathMtu {
  public:
    static constexpr std::size_t kBase = limits::kMinDatagram;

    // Datagrams have `size` bytes at first; nothing above `largest` is tried.
    PathMtu(std::size_t size, std::size_t largest) noexcept;

    // The peer takes no larger ones.
    void cap(std::size_t largest) noexcept;
    // How large a datagram may be.
    std::size_t size() const noexcept { return low_; }
    MtuState state() const noexcept { return state_; }

    void on_confirmed() noexcept;
    // Another path: from the base on.
    void on_new_path() noexcept;

    // The size of the probe that is to go out now, one at a time. Ends the search when nothing is
    // left to try.
    std::optional<std::size_t> poll_probe(TimePoint now) noexcept;
    void on_probe_sent() noexcept { in_flight_ = true; }
    void on_probe_acked(std::size_t size) noexcept;
    void on_probe_lost(std::size_t size) noexcept;
    // The system or the interface does not take it.
    void on_refused(std::size_t size) noexcept;

    // Other packets. `probe_timeout`: all that are larger than the base and were sent over such a
    // time have to be lost until the path is taken for a black hole.
    void on_acked(PacketNumber number, std::size_t size) noexcept;
    void on_lost(PacketNumber number, std::size_t size, TimePoint sent_at,
                 Duration probe_timeout) noexcept;
    // `in_a_row`: so many probe timeouts passed without an acknowledgement.
    void on_probe_timeout(unsigned in_a_row) noexcept;

    // When it searches again; TimePoint::max() for never.
    TimePoint deadline() const noexcept { return raise_at_; }
    void on_timeout(TimePoint now) noexcept;

  private:
    void step(MtuStep step) noexcept { state_ = state_after(state_, step); }
    void begin_search() noexcept;
    void fall_back() noexcept;
    std::optional<std::size_t> next_size() const noexcept;

    MtuState state_ = MtuState::disabled;
    std::size_t low_;      // that passes
    std::size_t high_;     // that does not, as far as is known
    std::size_t largest_;  // that is tried
    bool in_flight_ = false;
    unsigned lost_ = 0;  // probes of one size in a row
    TimePoint raise_at_ = TimePoint::max();

    std::optional<PacketNumber> newest_acked_;  // of those larger than the base
    unsigned vanished_ = 0;                     // lost in a row
    TimePoint vanished_from_;
};

}  // namespace gantry::lftp
