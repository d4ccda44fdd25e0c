#pragma once

#include <lftp/wire/retry_packet.h>
#include <lftp/wire/version_negotiation.h>

#include <optional>
#include <span>
#include <vector>

namespace gantry::lftp {

// The best version that both sides speak, by the preference of the first; nothing when they share
// none.
std::optional<Version> best_shared(std::span<const Version> by_preference,
                                   std::span<const Version> others) noexcept;

// What a client sends its first packets with, until the server has said its first word of the
// handshake: where to, with which cookie, in which version (docs/protocols/rudp.md section 4,
// "Retry" and "Version negotiation").
class FirstContact {
  public:
    // `remote`: the random id that it begins with. `versions`: that it speaks, by preference.
    FirstContact(ConnectionId local, ConnectionId remote, Version version,
                 std::vector<Version> versions);

    ConnectionId remote() const noexcept { return remote_; }
    ConnectionId original() const noexcept { return original_; }  // where the very first went
    ConnectionId retry() const noexcept { return retry_; }        // 0: there was none
    ByteView cookie() const noexcept { return cookie_; }
    Version version() const noexcept { return version_; }

    // A handshake packet of the server has come: nothing here changes any more.
    void end() noexcept { over_ = true; }

    enum class Answer : std::uint8_t { ignored, start_over, give_up };
    // Takes one retry, and one version negotiation before that.
    Answer on_retry(const RetryPacket& retry);
    Answer on_versions(const VersionNegotiation& offer);

  private:
    ConnectionId local_;
    ConnectionId remote_;
    ConnectionId original_;
    ConnectionId retry_;
    std::vector<std::byte> cookie_;
    Version version_;
    std::vector<Version> versions_;
    bool negotiated_ = false;
    bool over_ = false;
};

}  // namespace gantry::lftp
