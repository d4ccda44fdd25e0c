#include <lftp/core/congestion/controller_factory.h>
#include <lftp/net/datagram_port.h>
#include <lftp/wire/data_header.h>

#include <algorithm>
#include <array>

namespace gantry::lftp {

namespace {

EcnMark mark_of(Ecn ecn) noexcept {
    switch (ecn) {
        case Ecn::ect0:
            return EcnMark::ect0;
        case Ecn::ect1:
            return EcnMark::ect1;
        case Ecn::ce:
            return EcnMark::ce;
        case Ecn::not_ect:
            break;
    }
    return EcnMark::none;
}

DatagramOptions options_at(const Endpoint& at) {
    DatagramOptions options;
    options.receive_trains = true;
    options.forbid_fragments = !at.address.is_loopback();
    options.receive_buffer = options.send_buffer = ByteCount(limits::kSocketBuffer);
    return options;
}

}  // namespace

Result<std::shared_ptr<DatagramPort>> DatagramPort::open(const PortParts& parts, EventLoop& loop,
                                                         const Endpoint& at) {
    auto port = std::make_shared<DatagramPort>(parts, loop);
    if (auto bound = port->bind(at); !bound) return std::move(bound).error();
    return port;
}

Result<void> DatagramPort::bind(const Endpoint& at) {
    auto socket = parts_.connector.open_datagram(loop_, at, options_at(at));
    if (!socket) return std::move(socket).error();
    socket_ = std::move(*socket);
    slots_ =
        std::make_unique_for_overwrite<std::byte[]>(limits::kReceiveSlots * limits::kSlotBytes);
    train_ = std::make_unique_for_overwrite<std::byte[]>(limits::kTrainBytes);
    socket_->set_callbacks({[this] { on_readable(); }, [this] { on_writable(); }});
    socket_->set_interest(Interest::read);
    return {};
}

DatagramPort::~DatagramPort() {
    if (parts_.resting == nullptr || !socket_) return;
    const auto local = socket_->local();
    auto rest = take_all();
    socket_.reset();
    if (!rest.empty()) parts_.resting->take(local, std::move(rest));
}

std::vector<Resting> DatagramPort::take_all() {
    std::vector<Resting> rest;
    for (auto& [id, connection] : connections_)
        if (connection->left()) rest.push_back({connection->release(), connection->peer()});
    connections_.clear();
    return rest;
}

void DatagramPort::adopt(std::vector<Resting> connections, Task changed) {
    changed_ = std::move(changed);
    for (auto& [core, peer] : connections) add(std::move(core), peer)->leave();
}

bool DatagramPort::has_delivered() const noexcept {
    return std::all_of(connections_.begin(), connections_.end(), [](const auto& entry) {
        return entry.second->core().state() > ConnectionState::confirmed;
    });
}

void DatagramPort::tell_changed() {
    if (!changed_ || std::exchange(change_posted_, true)) return;
    loop_.post([weak = weak_from_this()] {
        const auto self = weak.lock();
        if (!self) return;
        self->change_posted_ = false;
        (void)self->changed_();
    });
}

ConnectionId DatagramPort::random_id() {
    ConnectionId id;
    while (id == ConnectionId() || connections_.contains(id))
        id = ConnectionId(parts_.random.next());
    return id;
}

// On this machine datagrams may be large, and there is no round trip to wait for an ack within.
void DatagramPort::fit_to_path(ConnectionSettings& settings, const Endpoint& peer) {
    if (!peer.address.is_loopback()) return;
    settings.datagram = limits::kLoopbackDatagram;
    settings.acks.delay = limits::kLoopbackAckDelay;
}

Result<std::unique_ptr<Connection>> DatagramPort::make_connection(ConnectionSettings settings,
                                                                  const Endpoint& peer) {
    fit_to_path(settings, peer);
    auto controller =
        make_controller(kDefaultController, {settings.datagram, parts_.random.next()});
    if (!controller) return std::move(controller).error();
    return std::make_unique<Connection>(settings, std::move(*controller), loop_.now());
}

std::shared_ptr<LiveConnection> DatagramPort::add(std::unique_ptr<Connection> core,
                                                  const Endpoint& peer) {
    const auto id = core->local_id();
    auto connection = std::make_shared<LiveConnection>(*this, std::move(core), peer);
    connections_[id] = connection;
    if (connection->handshaking()) ++half_open_;
    return connection;
}

Result<std::shared_ptr<LiveConnection>> DatagramPort::connect(const Endpoint& to) {
    ConnectionSettings settings;
    settings.side = Side::client;
    settings.local = random_id();
    settings.remote = random_id();
    auto core = make_connection(settings, to);
    if (!core) return std::move(core).error();
    auto connection = add(std::move(*core), to);
    connection->pump_soon();
    return connection;
}

void DatagramPort::handshake_finished(LiveConnection& connection) {
    --half_open_;
    if (connection.core().side() == Side::server && accepted_)
        (void)accepted_(connection.shared_from_this());
}

void DatagramPort::forget(LiveConnection& connection) {
    if (connection.handshaking()) --half_open_;
    first_ids_.erase(connection.core().original_id());
    std::erase(turn_, &connection);
    connections_.erase(connection.core().local_id());
    tell_changed();
}

void DatagramPort::on_readable() {
    for (int i = 0; i < limits::kReceiveTurns && receive_batch(); ++i) continue;
    pump_all();
}

bool DatagramPort::receive_batch() {
    std::array<InDatagram, limits::kReceiveSlots> slots;
    for (std::size_t i = 0; i < slots.size(); ++i)
        slots[i].buffer = {slots_.get() + i * limits::kSlotBytes, limits::kSlotBytes};
    const auto count = socket_->receive(slots);
    if (!count) return false;
    for (auto& train : std::span(slots).first(*count)) take_train(train);
    return *count == slots.size();
}

void DatagramPort::take_train(InDatagram& train) {
    if (train.truncated) return;
    const std::size_t step =
        train.segment > 0 ? train.segment : std::max<std::size_t>(train.size, 1);
    for (std::size_t at = 0; at < train.size; at += step)
        take(train.buffer.subspan(at, std::min(step, train.size - at)), train.from,
             mark_of(train.ecn));
}

void DatagramPort::take(ByteSpan datagram, const Endpoint& from, EcnMark mark) {
    auto* connection = find(datagram);
    if (connection == nullptr) connection = accept(datagram, from);
    if (connection == nullptr) return;
    connection->take(datagram, mark);
    if (!std::exchange(connection->in_turn, true)) turn_.push_back(connection);
}

LiveConnection* DatagramPort::find(ByteView datagram) {
    ConnectionId id;
    if (const auto data = DataHeader::decode(datagram))
        id = data->destination;
    else if (const auto header = peek_long_header(datagram))
        id = header->destination;
    if (const auto at = connections_.find(id); at != connections_.end()) return at->second.get();
    const auto first = first_ids_.find(id);
    return first == first_ids_.end() ? nullptr : first->second;
}

LiveConnection* DatagramPort::accept(ByteView datagram, const Endpoint& from) {
    if (!accepted_ || half_open_ >= limits::kMaxHalfOpen ||
        connections_.size() >= limits::kMaxConnections || datagram.size() < limits::kMinDatagram)
        return nullptr;
    const auto packet = LongPacket::decode(datagram);
    if (!packet || packet->header.kind != LongKind::first) return nullptr;
    ConnectionSettings settings;
    settings.side = Side::server;
    settings.local = random_id();
    settings.remote = packet->header.source;
    settings.original = packet->header.destination;
    auto core = make_connection(settings, from);
    if (!core) return nullptr;
    const auto connection = add(std::move(*core), from);
    first_ids_[settings.original] = connection.get();
    return connection.get();
}

void DatagramPort::pump_all() {
    for (auto* connection : std::exchange(turn_, {})) {
        connection->in_turn = false;
        connection->pump();
    }
}

bool DatagramPort::send(const OutDatagram& train) {
    const auto sent = socket_->send(std::span(&train, 1));
    if (!sent || *sent == 1) return true;  // what the network refuses is lost, as it would be there
    held_.assign(train.payload.begin(), train.payload.end());
    held_train_ = train;
    held_train_.payload = held_;
    socket_->set_interest(Interest::both);
    return false;
}

void DatagramPort::on_writable() {
    if (blocked()) {
        if (const auto sent = socket_->send(std::span(&held_train_, 1)); sent && *sent == 0) return;
        held_.clear();
    }
    socket_->set_interest(Interest::read);
    std::vector<std::shared_ptr<LiveConnection>> all;
    for (const auto& [id, connection] : connections_) all.push_back(connection);
    for (const auto& connection : all) connection->pump_soon();
}

}  // namespace gantry::lftp
