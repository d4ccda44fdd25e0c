#pragma once

#include <gantry/core/random.h>
#include <gantry/net/connector.h>
#include <lftp/core/doorkeeper.h>
#include <lftp/net/limits.h>
#include <lftp/net/live_connection.h>

#include <map>
#include <vector>

namespace gantry::lftp {

// Takes over connections that nobody uses any more from a port that goes before they are done.
// Thread-safe.
class RestingPlace {
  public:
    virtual ~RestingPlace() = default;
    virtual void take(const Endpoint& local,
                      std::vector<std::unique_ptr<Connection>> connections) = 0;
};

// What every port needs; all of it outlives the port and is thread-safe.
struct PortParts {
    Connector& connector;
    Random& random;
    KdfService& kdf;
    RestingPlace* resting = nullptr;  // none: what is not done then is lost
};

// One UDP socket on one loop, and the connections that go through it: tells datagrams apart by the
// connection id in them (docs/protocols/rudp.md section 3), and, when it listens, makes a
// connection of each first packet. Who destroys the port need not wait for its connections. Loop
// thread only.
class DatagramPort : public std::enable_shared_from_this<DatagramPort> {
  public:
    using Accepted = Callback<std::shared_ptr<LiveConnection>>;

    // Errors as Connector::open_datagram.
    static Result<std::shared_ptr<DatagramPort>> open(const PortParts& parts, EventLoop& loop,
                                                      const Endpoint& at);
    DatagramPort(const PortParts& parts, EventLoop& loop) : parts_(parts), loop_(loop) {}
    ~DatagramPort();
    DatagramPort(const DatagramPort&) = delete;
    DatagramPort& operator=(const DatagramPort&) = delete;

    // Begins a connection; its user hears of the handshake. Errors of make_controller().
    Result<std::shared_ptr<LiveConnection>> connect(const Endpoint& to);
    // From now on `accepted` has each connection whose handshake has finished. It may not destroy
    // the port in that call.
    Result<void> listen(Accepted accepted);
    // Makes no more connections; those there are go on.
    void stop_listening() { accepted_.reset(); }
    // Goes on with connections of another port. `changed` comes, in a turn of its own, after one of
    // them has delivered all it had, or is over.
    void adopt(std::vector<std::unique_ptr<Connection>> connections, Task changed);
    // Nobody waits for anything any more: what is left only answers that it is closed.
    bool has_delivered() const noexcept;

    Endpoint local() const { return socket_->local(); }
    EventLoop& loop() noexcept { return loop_; }
    std::size_t size() const noexcept { return connections_.size(); }
    std::size_t half_open() const noexcept { return half_open_; }

    // For its connections. False: the socket has no room now; the connection is pumped when it has.
    bool send(const OutDatagram& train);
    bool blocked() const noexcept { return !held_.empty(); }
    // Room for one train, for whoever sends now.
    ByteSpan train() noexcept { return {train_.get(), limits::kTrainBytes}; }
    void handshake_finished(LiveConnection& connection);
    // It has closed, having delivered all it had.
    void said_farewell() { tell_changed(); }
    // It is over: nothing comes for it any more.
    void forget(LiveConnection& connection);

  private:
    Result<void> bind(const Endpoint& at);
    void on_readable();
    bool receive_batch();
    void take_train(InDatagram& train);
    void take(ByteSpan datagram, const Endpoint& from, EcnMark mark);
    LiveConnection* find(ByteView datagram);
    LiveConnection* find_reset(ConnectionId remote);
    LiveConnection* knock(ByteView datagram, const Endpoint& from);
    LiveConnection* accept(ByteView datagram, const Endpoint& from, const Admitted& admitted);
    ConnectionSettings settings_for(Side side, const Endpoint& peer);
    void on_writable();
    void pump_all();
    std::shared_ptr<LiveConnection> add(std::unique_ptr<Connection> core);
    Result<std::unique_ptr<Connection>> make_connection(const ConnectionSettings& settings);
    ConnectionId random_id();
    std::vector<std::unique_ptr<Connection>> take_all();
    void tell_changed();

    PortParts parts_;
    EventLoop& loop_;
    std::unique_ptr<DatagramSocket> socket_;
    std::unique_ptr<std::byte[]> slots_;
    std::unique_ptr<std::byte[]> train_;
    std::vector<std::byte> held_;  // a train that the socket had no room for
    OutDatagram held_train_;
    Accepted accepted_;
    std::optional<Doorkeeper> door_;  // of one that listens, or has listened
    std::map<ConnectionId, std::shared_ptr<LiveConnection>> connections_;
    std::map<ConnectionId, LiveConnection*> first_ids_;  // what clients sent their first packet to
    std::vector<LiveConnection*> turn_;                  // that have something new
    std::size_t half_open_ = 0;
    Task changed_;
    bool change_posted_ = false;
};

}  // namespace gantry::lftp
