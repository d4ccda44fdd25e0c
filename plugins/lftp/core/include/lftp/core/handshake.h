#pragma once

#include <gantry/crypto/tls.h>
#include <lftp/core/handshake_stream.h>
#include <lftp/wire/stream_id.h>
#include <lftp/wire/transport_parameters.h>

#include <memory>
#include <optional>
#include <vector>

namespace gantry::lftp {

// What both sides must agree on before the first byte of data: parameters first, and then TLS where
// it is used. Reads and writes a HandshakeStream.
class Handshake {
  public:
    // A client says `own` at once; a server when the client's are there, with its choice among
    // `own.protections`. `tls`: none where nothing is protected.
    Handshake(Side side, const TransportParameters& own, std::unique_ptr<TlsEngine> tls = nullptr);

    // Goes on with what has come. The error is what the connection is to be closed with.
    TransportError advance(HandshakeStream& stream);
    // A client begins again in another version, before anything has come, on a fresh `stream`;
    // `said`: what it has said so far.
    TransportError restart(Version version, ByteView said, HandshakeStream& stream);
    // All that is needed has come: data packets can be sent and opened.
    bool done() const noexcept { return done_; }
    // None where nothing is protected.
    TlsEngine* tls() const noexcept { return tls_.get(); }
    // Why TLS says no; for our side.
    std::optional<Error> failure() const { return tls_ ? tls_->failure() : std::nullopt; }
    // Nothing until they have come.
    const std::optional<TransportParameters>& peer() const noexcept { return peer_; }
    Protection protection() const noexcept { return protection_; }
    // Both blocks as they travelled, with their length in front.
    ByteView own_block() const noexcept { return own_block_; }
    ByteView peer_block() const noexcept { return peer_block_; }

  private:
    TransportError read_parameters(HandshakeStream& stream);
    TransportError run_tls(HandshakeStream& stream);
    TransportError accept(const TransportParameters& peer);
    TransportError say_parameters(HandshakeStream& stream);
    TransportError choose(const TransportParameters& client);

    Side side_;
    TransportParameters own_;
    std::optional<TransportParameters> peer_;
    std::vector<std::byte> own_block_;
    std::vector<std::byte> peer_block_;
    Protection protection_ = Protection::none;
    std::unique_ptr<TlsEngine> tls_;
    bool done_ = false;
};

}  // namespace gantry::lftp
