#pragma once

#include <crypto/net/certificates.h>
#include <crypto/net/server_probe.h>
#include <gantry/command/call.h>
#include <gantry/core/clock.h>
#include <gantry/crypto/trust.h>

#include <functional>

namespace gantry::crypto {

// How a person is asked. Both block.
struct Person {
    std::function<bool()> can_be_asked;
    std::function<Result<bool>(const std::string& question, const CancelToken& cancel)> ask;
};

struct CertParts {
    ProbeParts probe;
    const Clock& clock;
    TrustStore& known;
    Person person;
};

// `crypto cert show|new|pin|list|forget`: blocking commands. Several calls may run at once.
class CertCommands {
  public:
    explicit CertCommands(CertParts parts) : parts_(std::move(parts)) {}

    // {"certificates":[{"fingerprint","subject","issuer","self_made","hosts","from","until",
    // "expired","key"}...]}
    Result<Value> show(CommandCall& call);
    // {"path","fingerprint","until"}
    Result<Value> make(CommandCall& call);
    // {"host","fingerprint","new"}
    Result<Value> pin(CommandCall& call);
    // {"hosts":[{"host","fingerprint"}...]}
    Result<Value> list(CommandCall& call);
    // {"host","forgotten"}
    Result<Value> forget(CommandCall& call);

  private:
    Result<std::string> pem_of(CommandCall& call, const std::string& what);
    Result<Fingerprint> ask_about(CommandCall& call, const HostPort& host);
    Result<void> may_pin(const HostPort& host, const Fingerprint& fingerprint, bool replace);

    CertParts parts_;
};

}  // namespace gantry::crypto
