#pragma once

#include <gantry/net/connector.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace gantry {
class File;
}

// A conformance suite is a CppUnit fixture template over a harness: a default-constructible type
// that brings one implementation to life, on the thread of the test. The members below are all a
// suite uses; a harness needs only those of its suites. Register one with
//   CPPUNIT_TEST_SUITE_REGISTRATION(EventLoopSuite<MyHarness>);
namespace gantry::testing::conformance {

// For EventLoopSuite and WatchSuite.
class LoopHarness {
  public:
    virtual ~LoopHarness() = default;
    // The loop under test. It runs only inside run_until(), on the thread that calls it.
    virtual EventLoop& loop() = 0;
    // Runs the loop until `done` holds (asked before the first turn and after each) or `limit` of
    // the loop's time is over; whether it held in the end.
    virtual bool run_until(const std::function<bool()>& done, Duration limit) = 0;
    // How many callbacks the loop has reported as failed.
    virtual std::size_t faults() const = 0;
};

// For the suites of streams, listeners, datagram sockets, connectors and transports. Both ends of a
// connection live on the one loop. With nothing in the way, what is sent arrives, whole, in order
// and within a third of settle_time().
class NetHarness : public LoopHarness {
  public:
    virtual Connector& connector() = 0;
    // As connector(), under a policy of its own. It lives as long as the harness.
    virtual Connector& connector_with(const ConnectPolicy& policy) = 0;
    // Where to listen and bind: a local address with port 0, IPv4 and IPv6.
    virtual Endpoint any_port() const = 0;
    virtual Endpoint any_port_v6() const = 0;
    // An address where connections are refused at once, one from which no answer ever comes, and
    // a name that does not exist.
    virtual Endpoint refusing() = 0;
    virtual Endpoint silent() = 0;
    virtual std::string unknown_name() const = 0;
    // A name of the host that any_port() is an address of.
    virtual std::string known_name() const = 0;
    // Whether its streams are encrypted.
    virtual bool is_secure() const { return false; }
    // How much the bulk tests move.
    virtual std::size_t bulk_bytes() const { return 100'000'000; }
    // After so much of the loop's time, what was on its way has come.
    virtual Duration settle_time() const { return std::chrono::milliseconds(15); }
    // An open file with this content, of the kind that send_file() treats best here.
    virtual std::unique_ptr<File> make_file(std::string_view content) = 0;
};

}  // namespace gantry::testing::conformance
