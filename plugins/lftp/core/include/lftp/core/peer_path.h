#pragma once

#include <gantry/core/clock.h>
#include <gantry/net/endpoint.h>
#include <lftp/core/limits.h>
#include <lftp/wire/path_frames.h>

#include <optional>
#include <span>

namespace gantry::lftp {

// Where the peer is, whether that was proved, and how much may go there as long as it was not. A
// server follows its client to another address, and asks it there by path challenges
// (docs/protocols/rudp.md sections 4 and 9).
class PeerPath {
  public:
    static constexpr std::size_t kChallenges = 3;  // without an answer: back to the former address

    PeerPath(const Endpoint& address, bool proved) noexcept : address_(address), proved_(proved) {}

    const Endpoint& address() const noexcept { return address_; }  // packets go there
    bool proved() const noexcept { return proved_; }
    void prove() noexcept { proved_ = true; }  // by the handshake

    // A datagram of `bytes` came from there.
    void on_received(const Endpoint& from, std::size_t bytes) noexcept;
    void on_sent(const Endpoint& to, std::size_t bytes) noexcept;
    std::uint64_t sent() const noexcept { return sent_; }  // to the present address
    // How much more may go to the present address.
    std::uint64_t allowance() const noexcept;

    // The newest packet came from another address, in a datagram of `bytes`. `probe_timeout`: of
    // the path up to now.
    void move_to(const Endpoint& from, std::size_t bytes, TimePoint now,
                 Duration probe_timeout) noexcept;
    bool validating() const noexcept { return former_.has_value(); }
    bool challenge_due() const noexcept { return challenge_due_; }
    // A challenge goes out with that token.
    void on_challenge_sent(const PathToken& token) noexcept;
    enum class Verdict : std::uint8_t {
        unasked,
        same_path,  // proved; only the port is another: the way there is not
        new_path,
    };
    Verdict on_response(const PathToken& token) noexcept;

    // When the next challenge goes out, or it is given up; TimePoint::max() for never.
    TimePoint deadline() const noexcept { return deadline_; }
    void on_timeout(TimePoint now, Duration probe_timeout) noexcept;

  private:
    Duration patience(Duration probe_timeout) const noexcept;
    void settle() noexcept;

    Endpoint address_;
    bool proved_;
    std::uint64_t received_ = 0;  // from the present address, while it is not proved
    std::uint64_t sent_ = 0;

    std::optional<Endpoint> former_;  // that was proved
    std::array<PathToken, kChallenges> tokens_{};
    std::size_t asked_ = 0;  // how many of them went out
    std::size_t waits_ = 0;  // for an answer
    bool challenge_due_ = false;
    TimePoint deadline_ = TimePoint::max();
};

}  // namespace gantry::lftp
