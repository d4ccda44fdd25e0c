#include <cs/net/secure_dialer.h>

#include "secure_dial.h"

namespace gantry::cs {

namespace {

class DialRegistration : public RegistrationToken {
  public:
    explicit DialRegistration(std::shared_ptr<SecureDial> dial) : dial_(std::move(dial)) {}
    ~DialRegistration() override { dial_->stop(); }

  private:
    std::shared_ptr<SecureDial> dial_;
};

}  // namespace

SecureDialer::SecureDialer(DialParts parts, ClientSecurity said)
    : shared_(std::make_shared<DialShared>(std::move(parts), std::move(said))) {}

SecureDialer::~SecureDialer() = default;

Registration SecureDialer::connect(EventLoop& loop, const HostPort& to,
                                   const ConnectOptions& options, ConnectCallback done) {
    auto dial = std::make_shared<SecureDial>(shared_, loop, to, options, std::move(done));
    dial->start();
    return Registration(std::make_unique<DialRegistration>(std::move(dial)));
}

Result<std::unique_ptr<Listener>> SecureDialer::listen(EventLoop&, const Endpoint&,
                                                       const ListenOptions&, AcceptCallback) {
    return make_error(ErrorCode::unsupported, "cs", "this transport connects only");
}

}  // namespace gantry::cs
