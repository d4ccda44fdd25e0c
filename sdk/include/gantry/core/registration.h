#pragma once

#include <memory>
#include <utility>

namespace gantry {

// What the host keeps for a Registration. Destroying it takes the registered thing back.
class RegistrationToken {
  public:
    virtual ~RegistrationToken() = default;
};

// A move-only claim on something the host does for a plugin: a bound command, a provided service,
// a listener for cancellation. Dropping it takes it back. The host holds the same thing in the
// plugin's ledger, so what a plugin forgets ends with the plugin; dropping it after that is
// harmless.
class [[nodiscard]] Registration {
  public:
    Registration() = default;
    explicit Registration(std::unique_ptr<RegistrationToken> token) : token_(std::move(token)) {}

    bool active() const noexcept { return token_ != nullptr; }
    void release() noexcept { token_.reset(); }

  private:
    std::unique_ptr<RegistrationToken> token_;
};

}  // namespace gantry
