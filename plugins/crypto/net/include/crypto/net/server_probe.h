#pragma once

#include <gantry/crypto/tls.h>
#include <gantry/job/job.h>
#include <gantry/net/connector.h>

#include <string>

namespace gantry::crypto {

struct ProbeParts {
    TlsService& tls;
    Connector& connector;
    EventLoop& loop;  // runs on another thread
};

// Connects to a server and answers the certificates it shows, PEM, whoever it is: to look at them.
// Nothing is sent but the handshake. Blocks up to `limit`. Errors: those of the connection and of
// the handshake, cancelled.
Result<std::string> probe_server(const ProbeParts& parts, const HostPort& to, WallTime now,
                                 Duration limit, CancelToken& cancel);

}  // namespace gantry::crypto
