#pragma once

#include <gantry/core/units.h>

#include <chrono>
#include <cstddef>

namespace gantry::testing {

// One direction of a link. Chances are probabilities per packet in [0, 1], drawn from the network's
// seed.
struct LinkOptions {
    Duration delay = std::chrono::milliseconds(1);  // one way
    Duration jitter{0};                             // up to this much more; keeps the order

    double loss = 0;  // each packet on its own
    // Bursts, after Gilbert and Elliott: a bad state that begins and ends by chance, and loses.
    double burst_start = 0;
    double burst_end = 0.25;
    double burst_loss = 1;

    double reorder = 0;  // a packet is held back by `reorder_delay`, and later ones pass it
    Duration reorder_delay = std::chrono::milliseconds(5);
    double duplicate = 0;  // datagrams only, as is corruption: a stream's system mends both
    double corrupt = 0;    // one bit of the payload is turned over

    BytesPerSecond rate{0};   // 0: unlimited
    ByteCount queue{0};       // what may wait for the rate, in bytes; more is dropped. 0: unlimited
    ByteCount mark_above{0};  // ECN: above this backlog ECT datagrams are marked CE. 0: never

    std::size_t mtu = 1500;  // a longer datagram is split, or dropped when it may not be
};

}  // namespace gantry::testing
