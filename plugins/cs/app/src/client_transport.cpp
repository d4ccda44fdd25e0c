#include <cs/app/client_transport.h>

namespace gantry::cs {

Result<void> ClientTransport::choose(const Arguments& arguments, Wire wire,
                                     const ResolvePath& resolve, bool can_ask) {
    auto said = client_security(arguments, wire, resolve, can_ask);
    if (!said) return std::move(said).error();
    if (!*said) return {};
    auto services = find_security_services(parts_.context);
    if (!services) return std::move(services).error();
    dialer_ = std::make_unique<SecureDialer>(
        DialParts{*parts_.transport, std::move(*services), parts_.context.clock(), parts_.pool},
        std::move(**said));
    return {};
}

}  // namespace gantry::cs
