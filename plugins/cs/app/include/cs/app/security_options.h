#pragma once

#include <cs/net/security.h>
#include <cs/net/wire.h>
#include <gantry/command/arguments.h>
#include <gantry/plugin/context.h>

#include <functional>
#include <memory>
#include <optional>

namespace gantry::cs {

// What --tls and the options that go with it say; nothing: connections are plain. For cs the modes
// `on` and `require` are one: a connection is secured, or there is none.
//
// ErrorCode::usage: they contradict one another, or the wire.
using ResolvePath = std::function<std::string(const std::string& typed)>;
Result<std::optional<ClientSecurity>> client_security(const Arguments& arguments, Wire wire,
                                                      const ResolvePath& resolve, bool can_ask);
Result<std::optional<ServerSecurity>> server_security(const Arguments& arguments, Wire wire,
                                                      const ResolvePath& resolve);

// What the crypto plugin provides for it; the error says which plugin is missing.
Result<std::shared_ptr<const SecurityServices>> find_security_services(Context& context);

}  // namespace gantry::cs
