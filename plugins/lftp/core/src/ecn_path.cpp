#include <lftp/core/ecn_path.h>

#include <array>
#include <utility>

namespace gantry::lftp {

namespace {

constexpr std::array<std::array<EcnState, 4>, 4> kEcnTable{{
    // sent_enough, counts_fit, counts_wrong, new_path
    {EcnState::unknown, EcnState::capable, EcnState::failed, EcnState::testing},  // testing
    {EcnState::unknown, EcnState::capable, EcnState::failed, EcnState::testing},  // unknown
    {EcnState::capable, EcnState::capable, EcnState::failed, EcnState::testing},  // capable
    {EcnState::failed, EcnState::failed, EcnState::failed, EcnState::testing},    // failed
}};
constexpr std::array<std::string_view, 4> kEcnNames{"testing", "unknown", "capable", "failed"};

}  // namespace

EcnState state_after(EcnState state, EcnStep step) noexcept {
    return kEcnTable[static_cast<std::size_t>(state)][static_cast<std::size_t>(step)];
}

std::string_view state_name(EcnState state) noexcept {
    return kEcnNames[static_cast<std::size_t>(state)];
}

void EcnPath::on_sent(bool marked) noexcept {
    if (!marked) return;
    ++sent_;
    if (++tested_ >= kTestPackets) state_ = state_after(state_, EcnStep::sent_enough);
}

// Totals are compared, not growth: an ack may leave out ranges that its counts have in them. More
// than were sent cannot have come, and nobody sends ECT(1).
bool EcnPath::fits(const EcnCounts& counts) const noexcept {
    const std::uint64_t came = counts.ect0 + counts.ce;
    return came >= counts.ce && came >= acked_ && came <= sent_ && counts.ect1 == 0;
}

std::uint64_t EcnPath::on_ack(const std::optional<EcnCounts>& counts) noexcept {
    const bool tells = std::exchange(seen_, acked_) < acked_;
    if (!counts && !tells) return 0;
    if (!counts || !fits(*counts)) {
        state_ = state_after(state_, EcnStep::counts_wrong);
        return 0;
    }
    if (tells) state_ = state_after(state_, EcnStep::counts_fit);
    if (state_ == EcnState::failed || counts->ce <= ce_) return 0;
    return counts->ce - std::exchange(ce_, counts->ce);
}

void EcnPath::on_new_path() noexcept {
    state_ = state_after(state_, EcnStep::new_path);
    tested_ = 0;
}

}  // namespace gantry::lftp
