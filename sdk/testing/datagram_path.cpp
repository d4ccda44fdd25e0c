#include "datagram_path.h"

#include <utility>

namespace gantry::testing::detail {

namespace {

constexpr std::size_t kUdpHeaderBytes = 28;  // IPv4 and UDP

Packet as_packet(const DatagramInFlight& datagram, const char* what) {
    return {what, datagram.from, datagram.to, datagram.bytes.size()};
}

void corrupt(NetworkState& network, DatagramInFlight& datagram) {
    if (datagram.bytes.empty()) return;
    auto& random = network.random();
    const auto bit = static_cast<unsigned>(random.below(8));
    datagram.bytes[random.below(datagram.bytes.size())] ^= static_cast<std::byte>(1U << bit);
    network.record("corrupted", as_packet(datagram, ""));
}

void deliver(NetworkState& network, HostId to, const DatagramInFlight& datagram) {
    const auto holders = network.host(to).datagrams.find(datagram.to);
    if (holders.empty()) return network.record("closed port", as_packet(datagram, ""));
    auto& holder = *holders.front();
    if (!holder.add({datagram.from, datagram.bytes, datagram.ecn}))
        return network.record("overflow", as_packet(datagram, ""));
    network.record("delivered", as_packet(datagram, ""));
    holder.notifier->news();
}

}  // namespace

void send_over(NetworkState& network, HostId from, DatagramInFlight datagram,
               bool forbid_fragments) {
    const auto to = network.find_host(from, datagram.to.address);
    if (!to) return network.record("nobody there", as_packet(datagram, ""));
    const std::size_t mtu = network.link(from, *to).options().mtu;
    if (forbid_fragments && datagram.bytes.size() + kUdpHeaderBytes > mtu)
        return network.record("too long", as_packet(datagram, ""));
    const Passage passage = network.pass(from, *to, as_packet(datagram, "datagram"));
    if (passage.fate != PacketFate::arrives) return;
    if (passage.marked && datagram.ecn != Ecn::not_ect) datagram.ecn = Ecn::ce;
    if (passage.corrupted) corrupt(network, datagram);
    const auto arrives = [&network, to = *to](TimePoint when, DatagramInFlight what) {
        network.wire().at(when,
                          [&network, to, what = std::move(what)] { deliver(network, to, what); });
    };
    if (passage.duplicate) arrives(*passage.duplicate, datagram);
    arrives(passage.arrival, std::move(datagram));
}

}  // namespace gantry::testing::detail
