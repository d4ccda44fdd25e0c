#pragma once

#include <gantry/core/random.h>
#include <gantry/net/endpoint.h>
#include <lftp/core/acknowledger.h>
#include <lftp/core/congestion/congestion_controller.h>
#include <lftp/core/duplex_stream.h>
#include <lftp/wire/reset_packet.h>
#include <lftp/wire/transport_parameters.h>

#include <functional>
#include <memory>

namespace gantry::lftp {

// What its owner decides of a connection.
struct ConnectionSettings {
    Side side = Side::client;
    ConnectionId local;     // random; packets to us name it
    ConnectionId remote;    // of a client: its random first guess; of a server: the client's
    ConnectionId original;  // of a server: what the client sent its first packet to
    ConnectionId retry;     // of a server: the id in the retry whose cookie came back; 0: none
    std::vector<Version> versions{kVersion1};  // that it speaks, the best first
    Version version = kVersion1;  // a client begins with it; to a server the client spoke it
    bool address_proved =
        false;  // of a server: a cookie has shown that the client is where it says

    Endpoint peer;             // where its datagrams go at first
    Random* random = nullptr;  // of path challenges; none: who moves is not followed
    // For a path that is another one; none: the old one goes on, with the smallest window.
    std::function<std::unique_ptr<CongestionController>()> fresh_controller;

    StreamSettings streams;
    std::uint64_t window = 3 * 512 * 1024;  // of all streams
    std::uint64_t max_window = limits::kMaxConnectionWindow;
    std::uint64_t max_streams = 100;  // that the peer may have open

    std::vector<Protection> protections{Protection::none};
    std::size_t datagram = limits::kMinDatagram;      // UDP payload of a full packet, at first
    std::size_t max_datagram = limits::kMinDatagram;  // what the path is searched for, at most
    Duration idle_timeout = limits::kIdleTimeout;
    bool keeps_alive = true;
    AckTerms acks;
    ResetToken reset_token{};   // of a server
    PacketNumber first_packet;  // of the space of data packets

    TransportParameters parameters() const;
};

}  // namespace gantry::lftp
