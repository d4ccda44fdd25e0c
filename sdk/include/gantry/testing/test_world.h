#pragma once

#include <gantry/testing/memory_store.h>
#include <gantry/testing/sim_connector.h>
#include <gantry/testing/sim_network.h>
#include <gantry/testing/sim_transport.h>
#include <gantry/testing/test_services.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace gantry::testing {

// One simulated computer: its place on the network, its files and the services of the plugins that
// run on it. The service `gantry.transport` "tcp" is there from the start, as from the real host.
class TestMachine {
  public:
    TestMachine(SimNetwork& network, std::string name);
    TestMachine(const TestMachine&) = delete;
    TestMachine& operator=(const TestMachine&) = delete;

    const std::string& name() const noexcept { return name_; }
    // All files, from "/": the local path "/srv/a" is "srv/a" here.
    MemoryStore& files() noexcept { return files_; }
    // Puts a store of the test's own (a FailingStore) where `folder` is; it outlives the machine.
    void mount(std::string folder, FileStore& store);
    TestServices& services() noexcept { return services_; }
    SimConnector& connector() noexcept { return connector_; }
    IpAddress address() { return network_.address(name_); }

    // What Context::open_store answers. `folder` is absolute.
    Result<std::unique_ptr<FileStore>> open_store(const std::string& folder, bool make);

  private:
    SimNetwork& network_;
    std::string name_;
    MemoryStore files_;
    std::map<std::string, FileStore*> mounts_;
    SimConnector connector_;
    SimTransport transport_;
    TestServices services_;
    Registration tcp_;
};

// Several machines on one network and one clock: where plugins of a test meet. Everything in it
// follows from `seed`.
class TestWorld {
  public:
    explicit TestWorld(std::uint64_t seed = 1, SimOptions options = {});
    ~TestWorld();
    TestWorld(const TestWorld&) = delete;
    TestWorld& operator=(const TestWorld&) = delete;

    std::uint64_t seed() const noexcept { return seed_; }
    VirtualClock& clock() noexcept { return clock_; }
    SimNetwork& network() noexcept { return network_; }
    // Made when it is first named.
    TestMachine& machine(std::string_view name);

  private:
    std::uint64_t seed_;
    VirtualClock clock_;
    SimNetwork network_;
    std::map<std::string, std::unique_ptr<TestMachine>, std::less<>> machines_;
};

}  // namespace gantry::testing
