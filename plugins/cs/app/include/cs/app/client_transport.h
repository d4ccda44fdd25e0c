#pragma once

#include <cs/app/app_parts.h>
#include <cs/app/security_options.h>
#include <cs/net/secure_dialer.h>

namespace gantry::cs {

// The transport that the option --over names, when it is not TCP. ErrorCode::not_found.
Result<ServiceRef<Transport>> transport_of(const Arguments& arguments, Wire wire, Context& context);

// What a command or a session connects by: the transport that --over names, plain or secured as the
// options say. On the plugin's loop; it outlives what it connects.
class ClientTransport {
  public:
    explicit ClientTransport(AppParts& parts) : parts_(parts) {}
    // Reads the options. ErrorCode::usage; not_found when the plugin is missing that secures it or
    // that brings the transport.
    Result<void> choose(const Arguments& arguments, Wire wire, const ResolvePath& resolve,
                        bool can_ask);
    // The options say something of it, so that a session's connection is not meant.
    bool chosen() const noexcept { return dialer_ || carrier_; }
    Transport& get() noexcept { return dialer_ ? static_cast<Transport&>(*dialer_) : carrier(); }

  private:
    Transport& carrier() noexcept { return carrier_ ? *carrier_ : *parts_.transport; }

    AppParts& parts_;
    ServiceRef<Transport> carrier_;  // what --over names; none: TCP
    std::unique_ptr<SecureDialer> dialer_;
};

}  // namespace gantry::cs
