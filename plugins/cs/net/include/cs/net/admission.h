#pragma once

#include <cs/net/limits.h>
#include <gantry/core/clock.h>
#include <gantry/core/result.h>
#include <gantry/core/units.h>
#include <gantry/net/endpoint.h>

#include <memory>

namespace gantry::cs {

struct AdmissionLimits {
    std::size_t connections = limits::kMaxConnections;
    std::size_t per_address = limits::kMaxConnectionsPerAddress;
    bool count_loopback = false;  // per_address holds for this machine's own clients too
    // New connections of one address in a second, after kConnectionBurst at once; 0: no limit. It
    // never holds for loopback.
    std::uint32_t new_per_second = limits::kNewConnectionsPerSecond;
};

// Decides which connections a server takes, over all its loops (docs/protocols/cs.md section 3).
// Thread-safe.
class Admission {
  public:
    // The right to one connection; dropping it gives it back. It may outlive the Admission.
    class Ticket {
      public:
        Ticket() = default;
        explicit Ticket(std::shared_ptr<void> right) : right_(std::move(right)) {}

      private:
        std::shared_ptr<void> right_;
    };

    explicit Admission(const AdmissionLimits& limits);
    ~Admission();
    // ErrorCode::busy says which limit was reached.
    Result<Ticket> admit(const IpAddress& from, TimePoint now);
    std::size_t admitted() const;
    std::uint64_t refused() const;
    std::size_t addresses_kept() const;

  private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace gantry::cs
