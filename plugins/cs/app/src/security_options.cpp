#include <cs/app/seal_options.h>
#include <cs/app/security_options.h>

namespace gantry::cs {

namespace {

Error bad_security(std::string message) {
    return make_error(ErrorCode::usage, "cs", std::move(message));
}

// Whether the connection is to be secured. `implied`: an option was given that only TLS can keep.
Result<bool> wants_tls(const Arguments& arguments, Wire wire, bool implied) {
    const auto mode = arguments.text("tls");
    if (mode == "off" && implied)
        return bad_security(
            "--tls off does not go with --key-file, --pin, --ca-file, --cert and "
            "--trust-new");
    const bool secured = mode ? *mode != "off" : implied;
    if (secured && wire == Wire::classic)
        return bad_security("the classic wire cannot be secured: leave out --wire classic");
    return secured;
}

Result<std::vector<Fingerprint>> read_pins(const Arguments& arguments) {
    std::vector<Fingerprint> pins;
    for (const auto& text : arguments.texts("pin")) {
        auto pin = Fingerprint::parse(text);
        if (!pin) {
            pin.error().context = "--pin " + text;
            return std::move(pin).error();
        }
        pins.push_back(*pin);
    }
    return pins;
}

std::string path_of(const Arguments& arguments, std::string_view option,
                    const ResolvePath& resolve) {
    const auto typed = arguments.text(option);
    return typed ? resolve(*typed) : std::string();
}

}  // namespace

Result<std::optional<ClientSecurity>> client_security(const Arguments& arguments, Wire wire,
                                                      const ResolvePath& resolve, bool can_ask) {
    auto pins = read_pins(arguments);
    if (!pins) return std::move(pins).error();
    ClientSecurity said{path_of(arguments, "key-file", resolve),
                        path_of(arguments, "ca-file", resolve),
                        path_of(arguments, "cert", resolve),
                        std::move(*pins),
                        arguments.flag("trust-new"),
                        can_ask};
    // The key of encrypted files secures no connection by itself.
    const bool keyed = !said.key_file.empty() && !wants_encrypted_files(arguments, wire);
    const bool implied = keyed || !said.ca_file.empty() || !said.certificate_file.empty() ||
                         !said.pins.empty() || said.trust_new;
    auto wanted = wants_tls(arguments, wire, implied);
    if (!wanted) return std::move(wanted).error();
    if (!*wanted) return std::optional<ClientSecurity>();
    if (!said.ca_file.empty() && (!said.pins.empty() || said.trust_new))
        return bad_security("a server is trusted by --ca-file, or by --pin or --trust-new");
    return std::optional(std::move(said));
}

Result<std::optional<ServerSecurity>> server_security(const Arguments& arguments, Wire wire,
                                                      const ResolvePath& resolve) {
    auto pins = read_pins(arguments);
    if (!pins) return std::move(pins).error();
    ServerSecurity said;
    for (const auto& typed : arguments.texts("key-file")) said.key_files.push_back(resolve(typed));
    said.certificate_file = path_of(arguments, "cert", resolve);
    said.ca_file = path_of(arguments, "ca-file", resolve);
    said.pins = std::move(*pins);
    said.ask_clients = arguments.flag("trust-new");
    const bool about_clients = !said.ca_file.empty() || !said.pins.empty() || said.ask_clients;
    const bool has_own = !said.certificate_file.empty() || !said.key_files.empty();
    // With --tls off a key is for encrypted files alone.
    const bool keyed = !said.key_files.empty() && arguments.text("tls") != "off";
    auto wanted =
        wants_tls(arguments, wire, about_clients || keyed || !said.certificate_file.empty());
    if (!wanted) return std::move(wanted).error();
    if (!*wanted) return std::optional<ServerSecurity>();
    if (about_clients ? said.certificate_file.empty() : !has_own)
        return bad_security(
            "say what the server proves itself by: --cert FILE, from crypto cert new, or "
            "--key-file FILE, from crypto keygen; clients that show certificates need the first");
    if (!said.ca_file.empty() && !said.pins.empty())
        return bad_security("clients are known by --ca-file or by --pin, not by both");
    // Who has no TLS may have the key.
    said.plain = !said.key_files.empty() && !arguments.text("tls") ? PlainClients::let_in
                                                                   : PlainClients::turn_away;
    // Rules may name clients by their certificates.
    said.ask_clients = said.ask_clients || arguments.text("access").has_value();
    return std::optional(std::move(said));
}

Result<std::shared_ptr<const SecurityServices>> find_security_services(Context& context) {
    auto services = std::make_shared<SecurityServices>();
    auto tls = context.services().require<TlsService>();
    if (!tls) return std::move(tls).error();
    services->tls = std::move(*tls);
    auto trust = context.services().require<TrustStore>();
    if (!trust) return std::move(trust).error();
    services->trust = std::move(*trust);
    // Without it nobody is asked.
    if (auto person = context.services().require<PersonService>())
        services->person = std::move(*person);
    return std::shared_ptr<const SecurityServices>(std::move(services));
}

}  // namespace gantry::cs
