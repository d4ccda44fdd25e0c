#pragma once

#include "sim_datagram_socket.h"

namespace gantry::testing::detail {

// One datagram on its way.
struct DatagramInFlight {
    Endpoint from;
    Endpoint to;
    std::vector<std::byte> bytes;
    Ecn ecn = Ecn::not_ect;
};

// Sends it over the link to whoever has the address, as the network does: it may be lost, marked,
// changed, come twice, or find nobody. `forbid_fragments`: one longer than the link's MTU is lost.
void send_over(NetworkState& network, HostId from, DatagramInFlight datagram,
               bool forbid_fragments);

}  // namespace gantry::testing::detail
