#pragma once

#include <host/system/system_connector.h>
#include <support/silent_listener.h>
#include <support/test_files.h>

#include <vector>

#include "real_harness.h"

namespace gantry::host {

// Sockets of this machine, on loopback.
class RealNetHarness : public RealLoopHarness<testing::conformance::NetHarness> {
  public:
    Connector& connector() override { return connector_; }
    Connector& connector_with(const ConnectPolicy& policy) override {
        return *more_.emplace_back(std::make_unique<SystemConnector>(policy));
    }
    Endpoint any_port() const override { return *Endpoint::parse("127.0.0.1:0"); }
    Endpoint any_port_v6() const override { return *Endpoint::parse("[::1]:0"); }
    Endpoint refusing() override { return refusing_.endpoint(); }
    Endpoint silent() override { return silent_.endpoint(); }
    // A label over 63 bytes (RFC 1035 section 2.3.4) cannot exist, whoever is asked.
    std::string unknown_name() const override { return std::string(70, 'x') + ".invalid"; }
    std::string known_name() const override { return "localhost"; }
    std::unique_ptr<File> make_file(std::string_view content) override {
        return std::make_unique<testing::DescriptorFile>(content);
    }

  private:
    SystemConnector connector_;
    std::vector<std::unique_ptr<SystemConnector>> more_;
    testing::BoundSocket refusing_;
    testing::SilentListener silent_;
};

}  // namespace gantry::host
