#pragma once

#include <gantry/net/datagram_socket.h>

#include <gantry/core/lifetime.h>
#include "owned_socket.h"
#include "udp_trains.h"

namespace gantry::host {

// A DatagramSocket over a bound UDP socket. Datagrams go and come in batches of one system call.
//
// A datagram that the path refuses (too long for it, held back by a firewall, no room in a queue)
// is lost, as it would be further on. One that nowhere leads to is an error of code network, told
// when it is the first of the batch.
class UdpSocket final : public DatagramSocket {
  public:
    // Takes over a bound socket of `family`. On the loop's thread.
    static Result<std::unique_ptr<DatagramSocket>> make(EventLoop& loop, OwnedSocket socket,
                                                        int family, const DatagramOptions& options);
    UdpSocket(EventLoop& loop, OwnedSocket socket, int family);

    void set_callbacks(DatagramCallbacks callbacks) override;
    void set_interest(Interest interest) override;
    Result<std::size_t> send(std::span<const OutDatagram> batch) override;
    Result<std::size_t> receive(std::span<InDatagram> slots) override;
    Endpoint local() const override;

  private:
    Result<void> configure(const DatagramOptions& options);
    Result<void> start();
    Result<void> on_ready(Readiness ready);

    EventLoop& loop_;
    OwnedSocket socket_;
    int family_;
    TrainCursor cursor_;
    std::unique_ptr<Watch> watch_;
    DatagramCallbacks callbacks_;
    Lifetime lifetime_;
    Interest interest_ = Interest::none;
    bool splits_trains_ = false;  // the system does not (UDP GSO)
};

}  // namespace gantry::host
