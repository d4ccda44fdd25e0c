#pragma once

#include <optional>

#include "tls_buffers.h"
#include "tls_context.h"

namespace gantry::crypto {

// A TlsEngine by OpenSSL's libssl.
class OpensslTlsEngine final : public TlsEngine {
  public:
    // `host`: of a client.
    static Result<std::unique_ptr<TlsEngine>> make(SharedTlsContext context, std::string_view host,
                                                   WallTime now, const Secret* session);
    OpensslTlsEngine(SharedTlsContext context, std::string_view host, WallTime now);

    ByteSpan room() override;
    void received(std::size_t bytes) override;
    void received_end() override;
    ByteView outgoing() const noexcept override { return buffers_.outgoing(); }
    void sent(std::size_t bytes) override;
    TlsState state() const noexcept override { return state_; }
    std::optional<Error> failure() const override { return failure_; }
    bool readable() override;
    Result<std::size_t> read(ByteSpan into) override;
    bool ended() const noexcept override { return ended_; }
    Result<std::size_t> write(ByteView plaintext) override;
    void finish_writing() override;
    TlsPeer peer() const override { return peer_; }
    std::string alpn() const override;
    bool resumed() const noexcept override;
    Result<Secret> export_key(std::string_view label, ByteView context,
                              std::size_t length) const override;
    Secret take_session() override;
    std::string peer_chain() const override;

    // For the callbacks of OpenSSL.
    const TlsContext& context() const noexcept { return *context_; }
    bool verify(X509_STORE_CTX* store);
    void keep_session(SSL_SESSION& session);
    void refuse(std::string why);  // the reason of the failure that follows

    // A third of what AES-GCM may protect with one key (RFC 8446 section 5.5).
    static constexpr std::uint64_t kRecordsPerKey = std::uint64_t{1} << 23;

  private:
    Result<void> start(const Secret* session);
    void name_host();
    void offer(const Secret& session);
    std::array<std::byte, 32> binding() const;
    void advance();
    void opened();
    Result<void> check_peer();
    bool settle(int result);
    void fail(Error error);
    void before_record();

    SharedTlsContext context_;
    std::string host_;
    WallTime now_;
    TlsBuffers buffers_;
    Handle<SSL> ssl_;
    TlsState state_ = TlsState::handshaking;
    std::optional<Error> failure_;
    std::optional<Error> refusal_;
    TlsPeer peer_;
    CertificateChain shown_;
    Secret session_;
    std::uint64_t records_ = 0;
    bool input_ended_ = false;
    bool ended_ = false;
    bool finishing_ = false;
};

}  // namespace gantry::crypto
