#pragma once

#include <gantry/testing/memory_store.h>
#include <gantry/testing/sim_connector.h>
#include <support/conformance/harness.h>

#include <vector>

namespace gantry::testing::conformance {

// One host of a simulated network, talking to itself, on a loop on virtual time.
class SimNetHarness : public NetHarness {
  public:
    EventLoop& loop() override { return loop_; }
    bool run_until(const std::function<bool()>& done, Duration limit) override {
        return loop_.run_until(done, limit);
    }
    std::size_t faults() const override { return loop_.errors().size() + network_.errors().size(); }

    Connector& connector() override { return connector_; }
    Connector& connector_with(const ConnectPolicy& policy) override {
        others_.push_back(std::make_unique<SimConnector>(network_, "host", policy));
        return *others_.back();
    }
    Endpoint any_port() const override { return {IpAddress::parse("127.0.0.1").value(), 0}; }
    Endpoint any_port_v6() const override { return {IpAddress::parse("::1").value(), 0}; }
    Endpoint refusing() override { return {IpAddress::parse("127.0.0.1").value(), 9}; }
    Endpoint silent() override { return {IpAddress::parse("192.0.2.1").value(), 9}; }
    std::string unknown_name() const override { return "nowhere.invalid"; }
    std::string known_name() const override { return "localhost"; }
    std::size_t bulk_bytes() const override { return 20'000'000; }
    std::unique_ptr<File> make_file(std::string_view content) override {
        files_.write_file("file", content);
        return files_.open("file", OpenMode::read_write).value();
    }

  private:
    VirtualClock clock_;
    SimNetwork network_{clock_, 1};
    VirtualLoop loop_{clock_};
    SimConnector connector_{network_, "host"};
    std::vector<std::unique_ptr<SimConnector>> others_;
    MemoryStore files_;
};

}  // namespace gantry::testing::conformance
