#include <cs/app/client_transport.h>
#include <cs/app/server_transport.h>

namespace gantry::cs {

Result<void> ServerTransport::choose(const Arguments& arguments, Wire wire,
                                     const ResolvePath& resolve) {
    auto named = transport_of(arguments, wire, parts_.context);
    if (!named) return std::move(named).error();
    carrier_ = std::move(*named);
    auto said = server_security(arguments, wire, resolve);
    if (!said) return std::move(said).error();
    if (!*said) return {};
    auto services = find_security_services(parts_.context);
    if (!services) return std::move(services).error();
    services_ = std::move(*services);
    said_ = std::move(*said);
    return {};
}

Result<void> ServerTransport::check_address(const Endpoint& at, bool insecure) const {
    if (at.address.is_loopback() || secured() || insecure) return {};
    return make_error(
        ErrorCode::security, "cs",
        "other machines reach this address: say --cert or --key-file, so that what goes over the "
        "network is secured; or listen on 127.0.0.1, or say --insecure where it is trusted",
        at.to_string());
}

Result<void> ServerTransport::load(TurnedAway turned_away) {
    if (!said_) return {};
    auto server = load_server_security(*services_->tls, *said_);
    if (!server) return std::move(server).error();
    gate_ = std::make_unique<SecureGate>(carrier(), std::move(*server), parts_.context.clock(),
                                         std::move(turned_away), said_->plain);
    return {};
}

Result<std::shared_ptr<AccessControl>> open_access(Context& context,
                                                   const std::optional<std::string>& path) {
    if (!path) return std::shared_ptr<AccessControl>();
    auto service = context.services().require<AccessService>();
    if (!service) return std::move(service).error();
    return AccessControl::open(
        std::move(*service), *path, context.clock(), [&context](const Error& error) {
            context.log(LogLevel::warning,
                        "the access rules stay as they were: " + describe(error));
        });
}

}  // namespace gantry::cs
