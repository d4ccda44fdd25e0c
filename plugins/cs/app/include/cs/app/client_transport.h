#pragma once

#include <cs/app/app_parts.h>
#include <cs/app/security_options.h>
#include <cs/net/secure_dialer.h>

namespace gantry::cs {

// What a command or a session connects by: the plain transport, or one that secures it as the
// options say. On the plugin's loop; it outlives what it connects.
class ClientTransport {
  public:
    explicit ClientTransport(AppParts& parts) : parts_(parts) {}
    // Reads the options. ErrorCode::usage; not_found when the crypto plugin is missing.
    Result<void> choose(const Arguments& arguments, Wire wire, const ResolvePath& resolve,
                        bool can_ask);
    bool secured() const noexcept { return dialer_ != nullptr; }
    Transport& get() noexcept {
        return dialer_ ? static_cast<Transport&>(*dialer_) : *parts_.transport;
    }

  private:
    AppParts& parts_;
    std::unique_ptr<SecureDialer> dialer_;
};

}  // namespace gantry::cs
