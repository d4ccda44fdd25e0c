#include <lftp/core/first_contact.h>

#include <algorithm>
#include <utility>

namespace gantry::lftp {

std::optional<Version> best_shared(std::span<const Version> by_preference,
                                   std::span<const Version> others) noexcept {
    const auto found = std::ranges::find_if(by_preference, [&](Version version) {
        return std::ranges::find(others, version) != others.end();
    });
    return found == by_preference.end() ? std::nullopt : std::optional(*found);
}

FirstContact::FirstContact(ConnectionId local, ConnectionId remote, Version version,
                           std::vector<Version> versions)
    : local_(local),
      remote_(remote),
      original_(remote),
      version_(version),
      versions_(std::move(versions)) {}

FirstContact::Answer FirstContact::on_retry(const RetryPacket& retry) {
    const bool again = over_ || !cookie_.empty();
    const bool fits = retry.destination == local_ && retry.original == remote_;
    if (again || !fits || version_ != kVersion1 || retry.source == ConnectionId(0))
        return Answer::ignored;
    cookie_.assign(retry.cookie.begin(), retry.cookie.end());
    remote_ = retry_ = retry.source;
    return Answer::start_over;
}

FirstContact::Answer FirstContact::on_versions(const VersionNegotiation& offer) {
    const bool again = over_ || negotiated_ || !cookie_.empty();
    const bool fits = offer.destination == local_ && offer.source == remote_;
    const bool speaks_ours = std::ranges::find(offer.versions, version_) != offer.versions.end();
    if (again || !fits || speaks_ours) return Answer::ignored;
    negotiated_ = true;
    const auto best = best_shared(versions_, offer.versions);
    if (!best) return Answer::give_up;
    version_ = *best;
    return Answer::start_over;
}

}  // namespace gantry::lftp
