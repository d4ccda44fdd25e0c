#pragma once

#include <gantry/core/error.h>

#include <string>

namespace gantry::crypto {

// The failure that OpenSSL's error queue of this thread tells, in words that help; empties it.
// `offered_psk`: a refusal by the peer may mean that the keys differ.
Error take_tls_error(bool offered_psk);
// For what OpenSSL refuses of our own: ErrorCode::usage.
Error take_usage_error(const std::string& what);

Error tls_error(std::string message);

}  // namespace gantry::crypto
