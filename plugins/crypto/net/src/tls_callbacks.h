#pragma once

#include "tls_handles.h"

namespace gantry::crypto {

// What OpenSSL asks back, answered by the engine that stands in SSL_get_app_data().
void set_verification(SSL_CTX* context);
void set_client_callbacks(SSL_CTX* context);
void set_server_callbacks(SSL_CTX* context);

}  // namespace gantry::crypto
