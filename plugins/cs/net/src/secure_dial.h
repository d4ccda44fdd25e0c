#pragma once

#include <cs/net/client_credentials.h>
#include <cs/net/first_bytes.h>
#include <cs/net/secure_dialer.h>
#include <gantry/crypto/secure_stream.h>

#include <atomic>
#include <mutex>

namespace gantry::cs {

// What all connections of one dialer share. Used on the loop and on the pool.
struct DialShared {
    DialShared(DialParts p, ClientSecurity s) : parts(std::move(p)), said(std::move(s)) {}

    const DialParts parts;
    const ClientSecurity said;
    std::mutex mutex;
    std::unique_ptr<ClientCredentials> credentials;  // read once: a key may come from a pipe

    Result<const ClientCredentials*> load();
    // The known hosts decide where neither a key nor an authority does.
    bool asks_known_hosts() const noexcept;
};

// Tells a question on the pool that nobody waits for the answer any more.
class DialToken final : public CancelToken {
  public:
    void cancel() noexcept { cancelled_ = true; }
    bool cancel_requested() const noexcept override { return cancelled_; }
    Registration on_cancel(EventLoop&, Task) override { return {}; }
    bool wait_for_cancel(Duration) override { return cancelled_; }

  private:
    std::atomic<bool> cancelled_ = false;
};

// One connection on its way: what to trust, connect, shake hands; and when the server is new, judge
// it and do so again.
class SecureDial : public std::enable_shared_from_this<SecureDial> {
  public:
    SecureDial(std::shared_ptr<DialShared> shared, EventLoop& loop, HostPort to,
               ConnectOptions options, ConnectCallback done);
    void start();
    void stop();

  private:
    struct Ready {
        KnownHosts known;
        std::vector<Fingerprint> accepted;
        std::unique_ptr<TlsClient> client;
    };
    static Result<Ready> prepare(DialShared& shared, const HostPort& to,
                                 std::optional<Fingerprint> judged);
    void connect(Ready ready);
    void shake(std::unique_ptr<Stream> stream);
    void opened();
    void failed(Error error);
    void judge(const Fingerprint& shown);
    void ask(const TrustQuestion& question);
    void again(const Fingerprint& trusted);
    Error explain(Error error, const std::optional<Fingerprint>& shown, Speech speech) const;
    void end(Result<std::unique_ptr<Stream>> outcome);

    std::shared_ptr<DialShared> shared_;
    EventLoop& loop_;
    HostPort to_;
    ConnectOptions options_;
    ConnectCallback done_;
    Ready ready_;
    std::optional<Fingerprint> judged_;  // trusted meanwhile, and to be remembered
    Registration connecting_;
    const FirstBytesStream* first_bytes_ = nullptr;  // within stream_
    std::unique_ptr<SecureStream> stream_;
    std::unique_ptr<Timer> limit_;
    std::shared_ptr<DialToken> token_ = std::make_shared<DialToken>();
};

}  // namespace gantry::cs
