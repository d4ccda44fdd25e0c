#pragma once

#include "network_state.h"
#include "notifier.h"

#include <gantry/net/datagram_socket.h>

#include <deque>
#include <memory>
#include <vector>

namespace gantry::testing::detail {

// What a bound port holds that has arrived and was not received.
class DatagramState {
  public:
    struct Arrived {
        Endpoint from;
        std::vector<std::byte> bytes;
        Ecn ecn = Ecn::not_ect;
    };

    explicit DatagramState(std::size_t limit) : limit_(limit) {}
    // False when there is no room.
    bool add(Arrived datagram);
    bool empty() const noexcept { return arrived_.empty(); }
    // Takes the next one; with `join`, also those that follow in its train.
    void take(InDatagram& slot, bool join);
    std::shared_ptr<Notifier> notifier;

  private:
    Arrived pop();
    bool continues_train(const InDatagram& slot) const;

    std::size_t limit_;
    std::size_t held_ = 0;
    std::deque<Arrived> arrived_;
};

class SimDatagramSocket final : public DatagramSocket {
  public:
    static Result<std::unique_ptr<DatagramSocket>> open(std::shared_ptr<NetworkState> network,
                                                        HostId host, EventLoop& loop,
                                                        const Endpoint& at,
                                                        const DatagramOptions& options);
    SimDatagramSocket(std::shared_ptr<NetworkState> network, HostId host, EventLoop& loop,
                      Endpoint at, const DatagramOptions& options,
                      std::shared_ptr<DatagramState> state);
    ~SimDatagramSocket() override;

    void set_callbacks(DatagramCallbacks callbacks) override;
    void set_interest(Interest interest) override;
    Result<std::size_t> send(std::span<const OutDatagram> batch) override;
    Result<std::size_t> receive(std::span<InDatagram> slots) override;
    Endpoint local() const override { return local_; }

  private:
    Result<void> check(const OutDatagram& datagram) const;
    void send_train(const OutDatagram& datagram);
    void send_one(const Endpoint& to, ByteView payload, Ecn ecn);

    std::shared_ptr<NetworkState> network_;
    HostId host_;
    EventLoop& loop_;
    Endpoint local_;
    DatagramOptions options_;
    std::shared_ptr<DatagramState> state_;
    std::shared_ptr<Notifier> notifier_;
};

}  // namespace gantry::testing::detail
