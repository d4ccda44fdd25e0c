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

std::vector<std::unique_ptr<Connection>> DatagramPort::take_all() {
    std::vector<std::unique_ptr<Connection>> rest;
    for (auto& [id, connection] : connections_)
        if (connection->left()) rest.push_back(connection->release());
    connections_.clear();
    return rest;
}

Result<void> DatagramPort::listen(Accepted accepted) {
    std::array<std::byte, 32> key;
    parts_.random.fill(key);
    auto door = Doorkeeper::make(parts_.kdf, key);
    if (!door) return std::move(door).error();
    door_.emplace(std::move(*door));
    accepted_ = std::move(accepted);
    return {};
}

void DatagramPort::adopt(std::vector<std::unique_ptr<Connection>> connections, Task changed) {
    changed_ = std::move(changed);
    for (auto& core : connections) add(std::move(core))->leave();
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
ConnectionSettings DatagramPort::settings_for(Side side, const Endpoint& peer) {
    ConnectionSettings settings;
    settings.side = side;
    settings.local = random_id();
    settings.peer = peer;
    settings.random = &parts_.random;
    settings.max_datagram = limits::kLargestSearched;
    if (side == Side::client) {
        settings.streams.window = limits::kClientStreamWindow;
        settings.window = limits::kClientWindow;
    }
    if (!peer.address.is_loopback()) return settings;
    settings.datagram = settings.max_datagram = limits::kLoopbackDatagram;
    settings.acks.delay = limits::kLoopbackAckDelay;
    return settings;
}

Result<std::unique_ptr<Connection>> DatagramPort::make_connection(
    const ConnectionSettings& settings) {
    auto make = [datagram = settings.datagram, random = settings.random] {
        return make_controller(kDefaultController, {datagram, random->next()});
    };
    auto controller = make();
    if (!controller) return std::move(controller).error();
    auto whole = settings;
    whole.fresh_controller = [make] { return std::move(make()).value(); };
    return std::make_unique<Connection>(whole, std::move(*controller), loop_.now());
}

std::shared_ptr<LiveConnection> DatagramPort::add(std::unique_ptr<Connection> core) {
    const auto id = core->local_id();
    auto connection = std::make_shared<LiveConnection>(*this, std::move(core));
    connections_[id] = connection;
    if (connection->handshaking()) ++half_open_;
    return connection;
}

Result<std::shared_ptr<LiveConnection>> DatagramPort::connect(const Endpoint& to) {
    auto settings = settings_for(Side::client, to);
    settings.remote = random_id();
    auto core = make_connection(settings);
    if (!core) return std::move(core).error();
    auto connection = add(std::move(*core));
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
    if (connection == nullptr) connection = knock(datagram, from);
    if (connection == nullptr) return;
    connection->take(datagram, mark, from);
    if (!std::exchange(connection->in_turn, true)) turn_.push_back(connection);
}

LiveConnection* DatagramPort::find(ByteView datagram) {
    ConnectionId id;
    if (const auto data = DataHeader::decode(datagram)) {
        id = data->destination;
    } else if (const auto header = peek_long_header(datagram)) {
        if (header->kind == LongKind::reset) return find_reset(header->source);
        id = header->destination;
    }
    if (const auto at = connections_.find(id); at != connections_.end()) return at->second.get();
    const auto first = first_ids_.find(id);
    return first == first_ids_.end() ? nullptr : first->second;
}

// A reset names no id of ours. Only clients are reset, who have their ports almost to themselves.
LiveConnection* DatagramPort::find_reset(ConnectionId remote) {
    if (door_) return nullptr;
    for (const auto& [id, connection] : connections_)
        if (connection->core().remote_id() == remote) return connection.get();
    return nullptr;
}

// A packet that belongs to no connection: the new one that it makes, if it makes one.
LiveConnection* DatagramPort::knock(ByteView datagram, const Endpoint& from) {
    if (!door_) return nullptr;
    const bool takes = accepted_ && connections_.size() < limits::kMaxConnections;
    const auto verdict = !is_long(datagram) ? door_->on_stray(datagram, loop_.now())
                         : takes
                             ? door_->on_long(datagram, from, half_open_, random_id(), loop_.now())
                             : TurnedAway();
    if (const auto* reply = std::get_if<Reply>(&verdict)) send({from, *reply});
    const auto* admitted = std::get_if<Admitted>(&verdict);
    return admitted != nullptr ? accept(datagram, from, *admitted) : nullptr;
}

LiveConnection* DatagramPort::accept(ByteView datagram, const Endpoint& from,
                                     const Admitted& admitted) {
    auto settings = settings_for(Side::server, from);
    // Who followed a retry knows the id in it for ours.
    if (admitted.retry != ConnectionId()) settings.local = admitted.retry;
    settings.remote = peek_long_header(datagram)->source;
    settings.original = admitted.original;
    settings.retry = admitted.retry;
    settings.address_proved = admitted.address_proved;
    settings.reset_token = door_->reset_token(settings.local);
    auto core = make_connection(settings);
    if (!core) return nullptr;
    const auto connection = add(std::move(*core));
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
