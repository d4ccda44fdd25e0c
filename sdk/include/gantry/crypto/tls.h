#pragma once

#include <gantry/core/clock.h>
#include <gantry/core/result.h>
#include <gantry/core/units.h>
#include <gantry/crypto/fingerprint.h>
#include <gantry/crypto/secret.h>
#include <gantry/service/service.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

// TLS 1.3 (RFC 8446) as a service, without input or output: bytes go in and come out by calls.
// SecureStream puts it over a Stream. docs/protocols/crypto.md, section 6, says which parts of TLS
// are used.
namespace gantry {

// A certificate, with those that vouch for it behind it, and its private key: PEM, which may stand
// in one text.
struct TlsCertificate {
    std::string chain_pem;
    Secret key_pem;
};

// A key that both sides have (RFC 8446 section 2.2), at least 16 bytes that nobody can guess. It is
// used with SHA-256 suites and an (EC)DHE exchange. The identity, 1 to 128 bytes, travels in clear.
struct TlsPsk {
    std::string identity;
    Secret key;
};

// Whose certificate will do.
struct TrustPins {  // exactly these; none: nobody's
    std::vector<Fingerprint> pins;
};
struct TrustCa {  // those that an authority of this PEM file vouches for; a server's must also be
    std::string pem;  // for the host that was asked for
};
struct TrustAnyone {};  // any: to look at it, or to know a client again by its fingerprint
using TlsTrust = std::variant<TrustPins, TrustCa, TrustAnyone>;

struct TlsClientSettings {
    TlsTrust trust;
    std::optional<TlsCertificate> certificate;  // shown to a server that asks
    std::optional<TlsPsk> psk;      // tried first; a server without it must pass `trust`
    std::vector<std::string> alpn;  // by preference; with any, one must be agreed on
};

enum class ClientCertificates : std::uint8_t { none, asked, required };

struct TlsServerSettings {
    std::optional<TlsCertificate> certificate;  // it, or a PSK at the least
    std::vector<TlsPsk> psks;
    // Clients that use a PSK show no certificate.
    ClientCertificates clients = ClientCertificates::none;
    TlsTrust client_trust = TrustAnyone{};
    std::vector<std::string> alpn;
};

namespace tls_limits {
inline constexpr std::size_t kIdentityBytes = 128;  // of a PSK
inline constexpr std::size_t kMinKeyBytes = 16;
inline constexpr std::size_t kMaxKeyBytes = 256;
inline constexpr std::size_t kAlpnNames = 16;
inline constexpr std::size_t kAlpnBytes = 255;         // RFC 7301 section 3.1
inline constexpr std::size_t kPemBytes = 1024 * 1024;  // of one certificate or CA file
inline constexpr std::size_t kPeerChain = 64 * 1024;   // bytes of certificates that a peer may send
inline constexpr std::size_t kSessionBytes = 64 * 1024;
inline constexpr std::size_t kExportBytes = 8160;  // 255 blocks of SHA-256, RFC 5869
}  // namespace tls_limits

// Who is at the other end.
struct TlsPeer {
    // The name that access rules use: "psk:NAME"; "name:NAME" of a certificate that an authority
    // vouched for (its first DNS name, else its common name); "sha256:HEX" of any other. Empty:
    // nobody in particular.
    std::string identity;
    bool authenticated = false;              // it proved to be whom we trust
    std::optional<Fingerprint> fingerprint;  // of its certificate, also of one that was refused
};

enum class TlsState : std::uint8_t { handshaking, open, failed };

// One end of one connection. Not thread-safe; any thread.
//
// A failure is final: state() is `failed`, failure() says why, read() and write() answer that, and
// outgoing() may hold an alert that tells the peer. All failures are ErrorCode::security, but for a
// peer that went away without a word, which is `network`.
class TlsEngine {
  public:
    virtual ~TlsEngine() = default;

    // Bytes from the peer: fill the front of room(), then say how many. room() is empty while
    // plaintext waits to be read; it is good until the next call.
    virtual ByteSpan room() = 0;
    virtual void received(std::size_t bytes) = 0;
    // No more will come. A failure unless the peer said so itself (close_notify) before.
    virtual void received_end() = 0;
    // Takes in what fits and says how much that was: for those with bytes of their own.
    std::size_t feed(ByteView bytes);

    // Bytes for the peer, good until the next call; say how many of them have gone.
    virtual ByteView outgoing() const noexcept = 0;
    virtual void sent(std::size_t bytes) = 0;
    // Moves what fits and says how much that was.
    std::size_t drain(ByteSpan into);

    virtual TlsState state() const noexcept = 0;
    virtual std::optional<Error> failure() const = 0;

    // Whether plaintext, the end or a failure waits. It may do the work of the next read().
    virtual bool readable() = 0;
    // 0: nothing now, or the end when ended().
    virtual Result<std::size_t> read(ByteSpan into) = 0;
    // The peer will send no more, and all it sent was read.
    virtual bool ended() const noexcept = 0;
    // Takes plaintext as far as there is room for its records, and says how much. 0: not open yet,
    // or drain first. ErrorCode::closed after finish_writing().
    virtual Result<std::size_t> write(ByteView plaintext) = 0;
    // Says that no more will be written (close_notify). Reading goes on.
    virtual void finish_writing() = 0;

    // Once open; after a failure, what was known by then.
    virtual TlsPeer peer() const = 0;
    // Once open:
    virtual std::string alpn() const = 0;  // what was agreed on, or empty
    virtual bool resumed() const noexcept = 0;
    // Keying material that both ends compute alike (RFC 8446 section 7.5, RFC 5705).
    virtual Result<Secret> export_key(std::string_view label, ByteView context,
                                      std::size_t length) const = 0;
    // A client's ticket for a shorter handshake next time, or empty: each can be taken once, and
    // may come any time after the handshake. It fits the same settings and host only.
    virtual Secret take_session() = 0;
    // The certificates that the peer showed, PEM, also when they were refused; its own first.
    virtual std::string peer_chain() const = 0;
};

// Makes engines of one kind. Thread-safe; it may go before its engines.
class TlsClient {
  public:
    virtual ~TlsClient() = default;
    // `host` is checked against the certificate under TrustCa, and sent as the server's name unless
    // it is an address. `now` judges certificates. A session that does not fit is not used.
    virtual Result<std::unique_ptr<TlsEngine>> connect(std::string_view host, WallTime now,
                                                       const Secret* session = nullptr) = 0;
};
class TlsServer {
  public:
    virtual ~TlsServer() = default;
    // From any thread.
    virtual Result<std::unique_ptr<TlsEngine>> accept(WallTime now) = 0;
};

// The service `gantry.tls`, from crypto. Thread-safe. Keep the ServiceRef as long as anything it
// made is used. ErrorCode::usage: certificates, keys or names that cannot be used.
class TlsService {
  public:
    static constexpr ServiceKey key{"gantry.tls", 1};
    virtual ~TlsService() = default;
    virtual Result<std::unique_ptr<TlsClient>> client(const TlsClientSettings& settings) = 0;
    virtual Result<std::unique_ptr<TlsServer>> server(const TlsServerSettings& settings) = 0;

    // What people keep in files. They block. ErrorCode::denied for a file with a secret that others
    // than its owner may use; integrity or usage for one that holds something else.
    virtual Result<TlsPsk> load_psk(const std::string& key_file) = 0;
    virtual Result<TlsCertificate> load_certificate(const std::string& pem_file) = 0;
    virtual Result<TrustCa> load_ca(const std::string& pem_file) = 0;
};

}  // namespace gantry
