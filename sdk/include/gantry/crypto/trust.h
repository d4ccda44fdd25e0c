#pragma once

#include <gantry/crypto/known_hosts.h>
#include <gantry/service/service.h>

#include <cstdint>
#include <optional>
#include <vector>

namespace gantry {

// A server showed a certificate that vouches for itself: what the person said of it beforehand.
struct TrustQuestion {
    HostPort host;
    Fingerprint shown;
    std::vector<Fingerprint> pins;  // --pin
    bool trust_new = false;         // --trust-new
    bool can_ask = false;           // a person is at a terminal
};

enum class TrustVerdict : std::uint8_t {
    trusted,
    remember,  // trusted, and to be put into the known hosts
    ask,       // show question_text(); a yes means remember
    refused,
};

struct TrustDecision {
    TrustVerdict verdict = TrustVerdict::refused;
    std::optional<Error> error;  // of a refusal: ErrorCode::security, with what to do
};

// The table of docs/protocols/crypto.md section 7.
TrustDecision decide_trust(const TrustQuestion& question, const KnownHosts& known);
// What a person is asked.
std::string question_text(const TrustQuestion& question);

enum class OtherPins : std::uint8_t { keep, drop };

// The service `gantry.trust`, from crypto: the known-hosts file of the person. Thread-safe; its
// calls block. A file that is missing is empty. Changes are made under a lock and in one step.
class TrustStore {
  public:
    static constexpr ServiceKey key{"gantry.trust", 1};
    virtual ~TrustStore() = default;
    virtual std::string path() const = 0;
    virtual Result<KnownHosts> load() = 0;
    // As KnownHosts::add and remove. With `drop`, other certificates of that host are forgotten.
    virtual Result<bool> remember(const HostPort& host, const Fingerprint& fingerprint,
                                  OtherPins others = OtherPins::keep) = 0;
    virtual Result<std::size_t> forget(const HostPort& host) = 0;
};

}  // namespace gantry
