#pragma once

#include <gantry/crypto/trust.h>

#include <string>

namespace gantry::crypto {

// The service `gantry.trust`: a known-hosts file, at a path that may not exist yet.
class KnownHostsFile : public TrustStore {
  public:
    // To be called before it is used. Empty: known_hosts beside the person's settings.
    void set_path(std::string path);

    std::string path() const override { return path_; }
    Result<KnownHosts> load() override;
    Result<bool> remember(const HostPort& host, const Fingerprint& fingerprint,
                          OtherPins others) override;
    Result<std::size_t> forget(const HostPort& host) override;

  private:
    template <class Change>
    auto change(const Change& make_change) -> decltype(make_change(std::declval<KnownHosts&>()));

    std::string path_;
};

}  // namespace gantry::crypto
