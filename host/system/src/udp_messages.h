#pragma once

#include <gantry/net/datagram_socket.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>

#include "socket_address.h"
#include "udp_trains.h"

namespace gantry::host {

// Room for the control data of one message: ECN and the size of a train's datagrams.
struct ControlRoom {
    alignas(cmsghdr) std::byte bytes[128];
};

// Messages for sendmmsg(2), filled from the front.
class SendBatch {
  public:
    static constexpr std::size_t kMax = 64;

    explicit SendBatch(int family) : family_(family) {}
    void clear() noexcept { count_ = 0; }
    bool full() const noexcept { return count_ == kMax; }
    std::size_t count() const noexcept { return count_; }
    void add(const OutDatagram& datagram, const TrainPart& part);
    std::size_t size_of(std::size_t message) const { return parts_[message].iov_len; }
    bool is_train(std::size_t message) const { return trains_[message]; }
    mmsghdr* data() noexcept { return messages_.data(); }

  private:
    int family_;
    std::size_t count_ = 0;
    std::array<mmsghdr, kMax> messages_;
    std::array<iovec, kMax> parts_;
    std::array<SocketAddress, kMax> addresses_;
    std::array<ControlRoom, kMax> controls_;
    std::array<bool, kMax> trains_;
};

// Messages for recvmmsg(2) into the slots of a caller.
class ReceiveBatch {
  public:
    static constexpr std::size_t kMax = 64;

    // At most kMax slots.
    explicit ReceiveBatch(std::span<InDatagram> slots);
    mmsghdr* data() noexcept { return messages_.data(); }
    unsigned count() const noexcept { return static_cast<unsigned>(slots_.size()); }
    // Fills in what came with the first `received` messages.
    void finish(std::size_t received);

  private:
    static void read_control(const msghdr& message, InDatagram& slot);

    std::span<InDatagram> slots_;
    std::array<mmsghdr, kMax> messages_;
    std::array<iovec, kMax> parts_;
    std::array<SocketAddress, kMax> addresses_;
    std::array<ControlRoom, kMax> controls_;
};

}  // namespace gantry::host
