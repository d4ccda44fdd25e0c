#pragma once

#include <gantry/net/connector.h>
#include <gantry/testing/link_options.h>
#include <gantry/testing/virtual_loop.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gantry::testing {

namespace detail {
class NetworkState;
}

struct SimOptions {
    LinkOptions link;  // between two hosts that set_link() says nothing about
    // Reads come in parts of any size and writes and batches are taken in part, as the seed has it:
    // code that counts on whole messages fails here first. false: all that is there, at once.
    bool split_io = true;
    std::size_t send_buffer = 64 * 1024;                 // of a stream, bytes not yet acknowledged
    std::size_t receive_buffer = 64 * 1024;              // of a stream: the window
    Duration stream_timeout = std::chrono::seconds(60);  // data that nobody acknowledges
    bool keep_trace = false;                             // keep the events, not only their digest
};

// Something that happened on the wire.
struct TraceEvent {
    TimePoint at{};
    std::string what;  // "datagram", "lost", "segment", "connect", "reset" ...
    Endpoint from;
    Endpoint to;
    std::size_t bytes = 0;

    std::string to_string() const;
    bool operator==(const TraceEvent&) const = default;
};

// What an EventLoop still has open on the network.
struct OpenObjects {
    std::size_t streams = 0;
    std::size_t listeners = 0;
    std::size_t datagram_sockets = 0;
    std::size_t connects = 0;  // and resolutions that have not ended
    std::size_t total() const { return streams + listeners + datagram_sockets + connects; }
    bool operator==(const OpenObjects&) const = default;
};

// Answers false for a packet that is to be lost. `what` is "datagram", "segment" or "connect".
using PacketFilter = std::function<bool(const TraceEvent& packet)>;

// Hosts and the links between them, on virtual time, from one seed: the same program and seed give
// the same events at the same times. A host exists as soon as it is named; it has one IPv4 and one
// IPv6 address and loopback, and its name resolves to them. SimConnector opens sockets on it.
//
// Streams behave as TCP does towards a program: ordered and whole whatever the links lose (loss
// costs time), with windows, half-close and reset; an end that is destroyed with bytes unread
// resets its peer. Where a cable is cut, nothing is heard any more until data times out.
//
// Belongs to the thread that drives the clock.
class SimNetwork {
  public:
    // `clock` outlives the network; the network outlives what its connectors hand out.
    SimNetwork(VirtualClock& clock, std::uint64_t seed, SimOptions options = {});
    ~SimNetwork();
    SimNetwork(const SimNetwork&) = delete;
    SimNetwork& operator=(const SimNetwork&) = delete;

    VirtualClock& clock() noexcept;
    IpAddress address(std::string_view host);     // 10.0.0.N
    IpAddress address_v6(std::string_view host);  // fd00::N
    // One more name, or other addresses for one. No addresses: the name does not exist.
    void set_name(std::string name, std::vector<IpAddress> addresses);

    // Both directions; for what is sent from now on. A host's link with itself is its loopback.
    void set_link(std::string_view a, std::string_view b, const LinkOptions& options);
    void set_one_way(std::string_view from, std::string_view to, const LinkOptions& options);
    // Nothing passes between the two, and neither end is told.
    void cut(std::string_view a, std::string_view b);
    void mend(std::string_view a, std::string_view b);
    // Every stream between the two fails at both ends now.
    void reset_streams(std::string_view a, std::string_view b);
    // Looks at every packet before its link does; empty: all pass. It must not use the network.
    void set_filter(PacketFilter filter);

    // Stands for all events so far: equal digests, equal runs.
    std::uint64_t trace_digest() const noexcept;
    const std::vector<TraceEvent>& trace() const noexcept;  // empty unless keep_trace
    OpenObjects open_objects(const EventLoop& loop) const;
    // What callbacks of streams, listeners and sockets threw, oldest first.
    const std::vector<Error>& errors() const noexcept;

  private:
    friend class SimConnector;
    std::shared_ptr<detail::NetworkState> state_;
};

}  // namespace gantry::testing
