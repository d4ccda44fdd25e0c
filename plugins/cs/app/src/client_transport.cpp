#include <cs/app/client_transport.h>

namespace gantry::cs {

Result<ServiceRef<Transport>> transport_of(const Arguments& arguments, Wire wire,
                                           Context& context) {
    const auto name = arguments.text("over").value_or("tcp");
    if (name == "tcp") return ServiceRef<Transport>();
    if (wire == Wire::classic)
        return make_error(ErrorCode::usage, "cs", "--wire classic goes over tcp alone");
    return context.services().require<Transport>(name);
}

Result<void> ClientTransport::choose(const Arguments& arguments, Wire wire,
                                     const ResolvePath& resolve, bool can_ask) {
    auto named = transport_of(arguments, wire, parts_.context);
    if (!named) return std::move(named).error();
    carrier_ = std::move(*named);
    auto said = client_security(arguments, wire, resolve, can_ask);
    if (!said) return std::move(said).error();
    if (!*said) return {};
    auto services = find_security_services(parts_.context);
    if (!services) return std::move(services).error();
    dialer_ = std::make_unique<SecureDialer>(
        DialParts{carrier(), std::move(*services), parts_.context.clock(), parts_.pool},
        std::move(**said));
    return {};
}

}  // namespace gantry::cs
