#pragma once

#include <gantry/crypto/person.h>
#include <gantry/crypto/tls.h>
#include <gantry/crypto/trust.h>

#include <cstdint>
#include <string>
#include <vector>

namespace gantry::cs {

// The application protocol of both ends (RFC 7301).
inline constexpr const char* kAlpn = "cs/1";

// What becomes of those who speak cs without TLS where it is wanted: they are told so, or let in,
// where the server knows what to give them.
enum class PlainClients : std::uint8_t { turn_away, let_in };

// What a person said about how a client's connections are secured. The files are read when the
// first connection is made.
struct ClientSecurity {
    std::string key_file;          // the key that both sides have; empty: none
    std::string ca_file;           // who vouches for servers; empty: pins and known hosts
    std::string certificate_file;  // shown to a server that asks; empty: none
    std::vector<Fingerprint> pins;
    bool trust_new = false;
    bool can_ask = false;  // a person waits for the outcome
};

// The same for a server. It has a certificate, keys, or both.
struct ServerSecurity {
    std::vector<std::string> key_files;
    std::string certificate_file;
    std::string ca_file;            // clients must show a certificate that it vouches for
    std::vector<Fingerprint> pins;  // clients must show one of these
    bool ask_clients = false;       // for a certificate, to know them again; any will do
    PlainClients plain = PlainClients::turn_away;
};

// The crypto plugin's part in it. Whoever uses what came from them holds them.
struct SecurityServices {
    ServiceRef<TlsService> tls;
    ServiceRef<TrustStore> trust;
    ServiceRef<PersonService> person;
};

// Reads the files, and makes what a server's connections come from. Blocks. ErrorCode::usage, and
// those of TlsService.
Result<std::unique_ptr<TlsServer>> load_server_security(TlsService& tls,
                                                        const ServerSecurity& said);

}  // namespace gantry::cs
