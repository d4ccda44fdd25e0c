#include <gantry/bytes/reader.h>
#include <lftp/core/first_contact.h>
#include <lftp/core/handshake.h>

#include <algorithm>
#include <array>

namespace gantry::lftp {

namespace {

template <class T>
bool holds(const std::vector<T>& all, T one) {
    return std::ranges::find(all, one) != all.end();
}

// Those that offer no protection offer nothing else, and nobody falls back to it.
bool may_fit(const std::vector<Protection>& offered) {
    return !holds(offered, Protection::none) || offered.size() == 1;
}

}  // namespace

Handshake::Handshake(Side side, const TransportParameters& own, std::unique_ptr<TlsEngine> tls)
    : side_(side), own_(own), tls_(std::move(tls)) {}

TransportError Handshake::say_parameters(HandshakeStream& stream) {
    if (!own_block_.empty()) return TransportError::no_error;
    own_block_ = own_.encode();
    return stream.say(own_block_).ok() ? TransportError::no_error : TransportError::internal_error;
}

// TLS goes on where it is: its bytes do not depend on what stands before them.
TransportError Handshake::restart(Version version, ByteView said, HandshakeStream& stream) {
    const ByteView rest = said.subspan(own_block_.size());
    own_.version = version;
    own_block_.clear();
    if (const auto error = say_parameters(stream); error != TransportError::no_error) return error;
    return stream.say(rest).ok() ? TransportError::no_error : TransportError::internal_error;
}

TransportError Handshake::advance(HandshakeStream& stream) {
    if (side_ == Side::client)
        if (const auto error = say_parameters(stream); error != TransportError::no_error)
            return error;
    if (!peer_)
        if (const auto error = read_parameters(stream); error != TransportError::no_error)
            return error;
    const bool speaks = side_ == Side::client || peer_;  // a server's parameters go first
    if (tls_ && speaks)
        if (const auto error = run_tls(stream); error != TransportError::no_error) return error;
    done_ = peer_ && (!tls_ || tls_->state() == TlsState::open);
    return TransportError::no_error;
}

// Passes on what has come and what is to go, also after the handshake: tickets, alerts.
TransportError Handshake::run_tls(HandshakeStream& stream) {
    std::array<std::byte, 4096> bytes{};
    while (peer_ && stream.available() > 0) {
        const std::size_t count = stream.read(bytes);
        if (tls_->feed(ByteView(bytes).first(count)) < count)
            return TransportError::handshake_failed;
        (void)tls_->readable();
    }
    while (!tls_->outgoing().empty())
        if (!stream.say(ByteView(bytes).first(tls_->drain(bytes))).ok())
            return TransportError::crypto_buffer;
    return tls_->state() == TlsState::failed ? TransportError::handshake_failed
                                             : TransportError::no_error;
}

// They may come byte by byte.
TransportError Handshake::read_parameters(HandshakeStream& stream) {
    std::size_t wanted = 2;
    while (true) {
        if (peer_block_.size() >= 2)
            wanted = 2 + std::size_t{ByteReader(peer_block_).u16().value()};
        if (wanted > 2 + limits::kMaxParameters) return TransportError::parameter_error;
        if (peer_block_.size() == wanted && wanted > 2) break;
        const std::size_t have = peer_block_.size();
        peer_block_.resize(wanted);
        peer_block_.resize(have + stream.read(ByteSpan(peer_block_).subspan(have)));
        if (peer_block_.size() == have) return TransportError::no_error;
    }
    const auto peer = TransportParameters::decode(ByteView(peer_block_).subspan(2));
    if (!peer) return TransportError::parameter_error;
    if (const auto error = accept(*peer); error != TransportError::no_error) return error;
    peer_ = *peer;
    return say_parameters(stream);
}

TransportError Handshake::accept(const TransportParameters& peer) {
    const bool client = side_ == Side::client;
    const auto best =
        best_shared(client ? own_.versions : peer.versions, client ? peer.versions : own_.versions);
    if (peer.version != own_.version || best != peer.version) return TransportError::version_error;
    if (!may_fit(peer.protections)) return TransportError::parameter_error;
    if (side_ == Side::server) return choose(peer);
    if (peer.protections.size() != 1 || !holds(own_.protections, peer.protections[0]))
        return TransportError::handshake_failed;
    protection_ = peer.protections[0];
    return TransportError::no_error;
}

TransportError Handshake::choose(const TransportParameters& client) {
    for (const auto one : client.protections) {
        if (!holds(own_.protections, one)) continue;
        own_.protections = {one};
        protection_ = one;
        return TransportError::no_error;
    }
    return TransportError::handshake_failed;
}

}  // namespace gantry::lftp
