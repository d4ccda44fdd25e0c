#include "connection_pair.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gantry::lftp {

ConnectionPair::Options ConnectionPair::options() {
    Options out;
    out.forth.delay = out.back.delay = std::chrono::milliseconds(20);
    out.client.side = Side::client;
    out.client.local = ConnectionId(0x1111);
    out.client.remote = ConnectionId(0x2222);
    out.server.side = Side::server;
    out.server.local = ConnectionId(0x3333);
    out.server.remote = ConnectionId(0x1111);
    out.server.original = ConnectionId(0x2222);
    return out;
}

ConnectionPair::ConnectionPair(const Options& o)
    : client_address(o.server.peer), random_(o.seed), tokens_(o.seed + 1) {
    const testing::SeededRandom random(o.seed);
    ends_.push_back(
        {std::make_unique<Connection>(o.client, o.controller(), now_, o.security(Side::client)),
         testing::LinkModel(o.forth, random.fork("forth"))});
    ConnectionSettings server = o.server;
    server.random = &tokens_;
    if (!server.fresh_controller) server.fresh_controller = o.controller;
    ends_.push_back(
        {std::make_unique<Connection>(server, o.controller(), now_, o.security(Side::server)),
         testing::LinkModel(o.back, random.fork("back"))});
}

void ConnectionPair::transmit(std::size_t from) {
    while (true) {
        const auto train = ends_[from].connection->poll_transmit(buffer_, now_);
        if (train.size == 0) return;
        for (std::size_t at = 0; at < train.size; at += train.segment)
            pass(from, ByteView(buffer_).subspan(at, std::min(train.segment, train.size - at)),
                 train);
    }
}

void ConnectionPair::pass(std::size_t from, ByteView datagram, const Transmit& train) {
    constexpr std::size_t kHeaders = 28;
    End& end = ends_[from];
    ++end.datagrams;
    end.bytes += datagram.size();
    if (!watch(static_cast<Side>(from), datagram)) return;
    if (from == 1 && train.to != client_address) return;
    const auto passage = end.link.pass(now_, datagram.size() + kHeaders);
    if (passage.fate != testing::PacketFate::arrives) return;
    const bool congested = passage.marked && train.mark == EcnMark::ect0;
    Flight flight{1 - from,
                  {datagram.begin(), datagram.end()},
                  remark(congested ? EcnMark::ce : train.mark),
                  from == 0 ? client_address : Endpoint()};
    change(static_cast<Side>(from), flight.bytes);
    if (passage.corrupted)
        flight.bytes[random_.below(datagram.size())] ^=
            static_cast<std::byte>(1U << random_.below(8));
    if (passage.duplicate) flights_.emplace(*passage.duplicate, flight);
    flights_.emplace(passage.arrival, std::move(flight));
}

void ConnectionPair::deliver() {
    while (!flights_.empty() && flights_.begin()->first <= now_) {
        Flight flight = std::move(flights_.begin()->second);
        flights_.erase(flights_.begin());
        ends_[flight.to].connection->receive(flight.bytes, flight.mark, now_, flight.from);
    }
    for (auto& end : ends_)
        if (end.connection->next_timeout() <= now_) end.connection->on_timeout(now_);
}

bool ConnectionPair::step() {
    for (std::size_t from = 0; from < ends_.size(); ++from) transmit(from);
    TimePoint next = flights_.empty() ? TimePoint::max() : flights_.begin()->first;
    for (auto& end : ends_) next = std::min(next, end.connection->next_timeout());
    if (next == TimePoint::max()) return false;
    // A deadline that has passed and changed nothing would come again and again.
    now_ = std::max(next, now_ + std::chrono::nanoseconds(1));
    deliver();
    return true;
}

bool ConnectionPair::run(const std::function<bool()>& done, Duration limit) {
    const TimePoint end = now_ + limit;
    while (!done()) {
        if (now_ >= end || !step()) return false;
    }
    return true;
}

bool ConnectionPair::confirm(Duration limit) {
    return run(
        [&] {
            return client().state() == ConnectionState::confirmed &&
                   server().state() == ConnectionState::confirmed;
        },
        limit);
}

std::vector<ConnectionEvent> ConnectionPair::events(Side side) {
    std::vector<ConnectionEvent> out;
    while (auto event = ends_[static_cast<std::size_t>(side)].connection->poll_event())
        out.push_back(std::move(*event));
    return out;
}

void TransferCheck::make_piece() {
    piece_.resize(std::min<std::uint64_t>(size_ - written_, 16'384));
    for (std::size_t i = 0; i < piece_.size(); ++i) piece_[i] = at(written_ + i);
}

void TransferCheck::write() {
    while (written_ < size_) {
        if (piece_.empty()) make_piece();
        const auto taken = writer_.write(id_, piece_);
        if (!taken) return;
        written_ += *taken;
        piece_.erase(piece_.begin(), piece_.begin() + static_cast<std::ptrdiff_t>(*taken));
        if (!piece_.empty()) return;
    }
    if (!std::exchange(finished_, true)) (void)writer_.finish(id_);
}

void TransferCheck::read(TimePoint now) {
    while (!ended_) {
        const auto outcome = reader_.read(id_, into_, now);
        if (!outcome) return;
        for (std::size_t i = 0; i < outcome->count; ++i)
            if (at(received_ + i) != into_[i]) CPPUNIT_FAIL("a wrong byte");
        received_ += outcome->count;
        ended_ = outcome->at_end;
        if (outcome->count == 0) return;
    }
}

bool TransferCheck::pump(TimePoint now) {
    if (!finished_) write();
    read(now);
    return ended_ && received_ == size_;
}

}  // namespace gantry::lftp
