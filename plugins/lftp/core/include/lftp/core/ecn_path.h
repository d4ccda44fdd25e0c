#pragma once

#include <lftp/wire/ack_frame.h>

#include <optional>
#include <string_view>

namespace gantry::lftp {

// Whether packets are marked as ECT(0), and whether the path and the peer do with it what they must
// (docs/protocols/rudp.md section 6, "ECN"; RFC 9000 section 13.4.2 and appendix A.4).
enum class EcnState : std::uint8_t {
    testing,  // the first packets are marked
    unknown,  // they were; nothing is marked until it is known what became of them
    capable,
    failed,
};
enum class EcnStep : std::uint8_t { sent_enough, counts_fit, counts_wrong, new_path };
EcnState state_after(EcnState state, EcnStep step) noexcept;
std::string_view state_name(EcnState state) noexcept;

// What is known of ECN on the path, for one space of packets.
class EcnPath {
  public:
    static constexpr unsigned kTestPackets = 10;

    bool marks() const noexcept {
        return state_ == EcnState::testing || state_ == EcnState::capable;
    }
    EcnState state() const noexcept { return state_; }
    void on_sent(bool marked) noexcept;
    // A packet that was marked is acknowledged; before on_ack() of its ack.
    void on_marked_acked() noexcept { ++acked_; }
    // An ack whose largest packet is newly acknowledged. Answers how many more packets came with
    // CE, as far as that is to be believed.
    std::uint64_t on_ack(const std::optional<EcnCounts>& counts) noexcept;
    void on_new_path() noexcept;

  private:
    bool fits(const EcnCounts& counts) const noexcept;

    EcnState state_ = EcnState::testing;
    unsigned tested_ = 0;
    std::uint64_t sent_ = 0;   // with a mark
    std::uint64_t acked_ = 0;  // of them
    std::uint64_t seen_ = 0;   // of them, when on_ack() looked last
    std::uint64_t ce_ = 0;
};

}  // namespace gantry::lftp
