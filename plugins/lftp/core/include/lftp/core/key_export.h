#pragma once

#include <gantry/crypto/tls.h>
#include <lftp/core/aead_protection.h>
#include <lftp/wire/long_packet.h>
#include <lftp/wire/stream_id.h>
#include <lftp/wire/transport_parameters.h>

#include <memory>
#include <vector>

namespace gantry::lftp {

// What was said in the clear before there were keys (docs/protocols/rudp.md section 5). Both sides
// must see the same, or their keys differ.
struct KeyContext {
    Version version = kVersion1;
    ConnectionId first_destination;  // that the client made up
    ConnectionId retry;              // 0: there was none
    ConnectionId client;
    ConnectionId server;
    ByteView client_block;  // parameters, with their length in front
    ByteView server_block;

    std::vector<std::byte> encode() const;
};

// The keys of data packets, from a TLS session that is open. The services outlive what is made.
// ErrorCode::unsupported for a protection that is none; what TLS or the services say.
Result<std::unique_ptr<PacketProtection>> export_protection(const TlsEngine& tls,
                                                            const KeyContext& context, Side side,
                                                            Protection protection, KdfService& kdf,
                                                            AeadService& aead);

}  // namespace gantry::lftp
