#pragma once

#include "bind_table.h"
#include "wire_schedule.h"

#include <gantry/testing/link_model.h>
#include <gantry/testing/sim_network.h>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace gantry::testing::detail {

class Connection;
class ListenerState;
class DatagramState;

using HostId = std::size_t;

struct Host {
    std::string name;
    IpAddress v4;
    IpAddress v6;
    BindTable<ListenerState> listeners;
    BindTable<DatagramState> datagrams;
    std::uint16_t next_port = 32768;  // of outgoing connections
};

inline constexpr std::size_t kHeaderBytes = 40;  // of each packet on the wire, IP and above

// One thing that travels, for the filter and the trace.
struct Packet {
    const char* what;
    Endpoint from;
    Endpoint to;
    std::size_t bytes;  // of payload
};

// What all simulated sockets of one network share.
class NetworkState : public std::enable_shared_from_this<NetworkState> {
  public:
    NetworkState(VirtualClock& clock, std::uint64_t seed, SimOptions options);

    VirtualClock& clock() noexcept { return clock_; }
    WireSchedule& wire() noexcept { return wire_; }
    TimePoint now() const noexcept { return wire_.now(); }
    SeededRandom& random() noexcept { return random_; }
    const SimOptions& options() const noexcept { return options_; }
    std::vector<Error>& errors() noexcept { return errors_; }
    // Drops all that is under way.
    void close();

    HostId host_id(std::string_view name);
    Host& host(HostId id) { return *hosts_[id]; }
    // Who answers at `address`, seen from `from`.
    std::optional<HostId> find_host(HostId from, const IpAddress& address) const;
    bool owns(HostId id, const IpAddress& address) const;
    IpAddress source_for(HostId from, const IpAddress& to) const;
    void set_name(std::string name, std::vector<IpAddress> addresses);
    Result<std::vector<IpAddress>> resolve(const std::string& name) const;

    LinkModel& link(HostId from, HostId to);
    void set_cut(HostId a, HostId b, bool cut);
    bool is_cut(HostId a, HostId b) const;
    void set_filter(PacketFilter filter) { filter_ = std::move(filter); }
    // Sends one packet through filter and link, and traces what becomes of it.
    Passage pass(HostId from, HostId to, const Packet& packet);
    // How long something small takes that nothing stops.
    Duration delay(HostId from, HostId to) { return link(from, to).options().delay; }

    void record(const char* what, const Packet& packet);
    std::uint64_t digest() const noexcept { return digest_; }
    const std::vector<TraceEvent>& trace() const noexcept { return trace_; }

    OpenObjects& open(const EventLoop& loop) { return open_[&loop]; }
    OpenObjects open_on(const EventLoop& loop) const;
    std::vector<std::weak_ptr<Connection>>& connections() noexcept { return connections_; }
    void add_connection(const std::shared_ptr<Connection>& connection);

  private:
    static std::pair<HostId, HostId> pair_of(HostId a, HostId b) {
        return {std::min(a, b), std::max(a, b)};
    }

    VirtualClock& clock_;
    SimOptions options_;
    SeededRandom random_;
    WireSchedule wire_;
    std::vector<std::unique_ptr<Host>> hosts_;
    std::map<std::string, std::vector<IpAddress>, std::less<>> names_;
    std::map<std::pair<HostId, HostId>, LinkModel> links_;
    std::set<std::pair<HostId, HostId>> cut_;
    PacketFilter filter_;
    std::uint64_t digest_ = 0;
    std::vector<TraceEvent> trace_;
    std::vector<Error> errors_;
    std::map<const EventLoop*, OpenObjects> open_;
    std::vector<std::weak_ptr<Connection>> connections_;
    std::size_t prune_at_ = 64;
};

}  // namespace gantry::testing::detail
