#include "connection.h"

#include <algorithm>
#include <cerrno>

namespace gantry::testing::detail {

namespace {
constexpr std::size_t kLongestSegment = 16 * 1024;
constexpr Duration kFirstPatience = std::chrono::milliseconds(200);  // Linux's least time-out
constexpr Duration kMostPatience = std::chrono::seconds(10);
}  // namespace

Connection::Connection(NetworkState& network, HostId client, const Endpoint& from, HostId server,
                       const Endpoint& to)
    : network_(network),
      ends_{StreamEnd(client, from, network.options()), StreamEnd(server, to, network.options())} {}

Packet Connection::packet(Side from, const char* what, std::size_t bytes) {
    return {what, end(from).endpoint, end(other(from)).endpoint, bytes};
}

void Connection::pump(Side side) {
    StreamEnd& from = end(side);
    if (from.dead) return;
    auto& random = network_.random();
    const auto longest = [&] {
        return network_.options().split_io ? 1 + random.below(kLongestSegment) : kLongestSegment;
    };
    while (auto segment = from.send.next(longest())) {
        auto flight = std::make_shared<Flight>();
        flight->segment = std::move(*segment);
        flight->since = network_.now();
        const Duration round_trip = network_.delay(host(side), host(other(side))) +
                                    network_.delay(host(other(side)), host(side));
        flight->patience = std::max(kFirstPatience, 2 * round_trip);
        launch(side, flight);
    }
}

// A stream's sender finds the rate of the path: it waits for room in the queue rather than overflow
// it.
void Connection::launch(Side from, const std::shared_ptr<Flight>& flight) {
    if (end(from).dead || !end(from).send.is_missing(flight->segment)) return;
    const std::size_t bytes = flight->segment.bytes.size();
    auto& link = network_.link(host(from), host(other(from)));
    const TimePoint room = link.room_at(network_.now(), bytes + kHeaderBytes);
    const auto self = shared_from_this();
    if (room > network_.now())
        return network_.wire().at(room, [self, from, flight] { self->launch(from, flight); });
    const Passage passage =
        network_.pass(host(from), host(other(from)), packet(from, "segment", bytes));
    if (passage.fate == PacketFate::arrives)
        network_.wire().at(passage.arrival, [self, from, flight] {
            self->arrive(other(from), std::move(flight->segment));
        });
    else
        retry(from, flight);
}

void Connection::retry(Side from, const std::shared_ptr<Flight>& flight) {
    if (network_.now() - flight->since > network_.options().stream_timeout)
        return fail(from, error_from_errno(ETIMEDOUT, "net", packet(from, "", 0).to.to_string()));
    const Duration wait = flight->patience;
    flight->patience = std::min(2 * wait, kMostPatience);
    network_.wire().after(
        wait, [self = shared_from_this(), from, flight] { self->launch(from, flight); });
}

void Connection::arrive(Side at, Segment segment) {
    StreamEnd& to = end(at);
    // Bytes for a program that has gone: the system says so.
    if (to.dead || (to.closed && !segment.bytes.empty())) {
        to.dead = true;
        return send_reset(at);
    }
    to.receive.receive(std::move(segment));
    acknowledge(at);
    if (to.notifier) to.notifier->news();
}

void Connection::acknowledge(Side side) {
    if (end(side).dead || end(other(side)).dead) return;
    const auto ack = end(side).receive.acknowledgement();
    const Duration delay = network_.delay(host(side), host(other(side)));
    network_.wire().after(delay, [self = shared_from_this(), side, ack] {
        if (self->network_.is_cut(self->host(side), self->host(other(side))))
            self->network_.wire().after(kFirstPatience, [self, side] { self->acknowledge(side); });
        else
            self->on_acknowledgement(other(side), ack);
    });
}

void Connection::on_acknowledgement(Side at, const Acknowledgement& ack) {
    StreamEnd& sender = end(at);
    if (sender.dead || !sender.send.acknowledge(ack)) return;
    pump(at);
    if (sender.notifier) sender.notifier->news();
}

void Connection::close(Side side) {
    StreamEnd& mine = end(side);
    mine.closed = true;
    if (mine.notifier) mine.notifier->stop();
    mine.notifier = nullptr;
    if (mine.dead) return;
    if (mine.receive.unread() > 0) return reset(side);
    mine.send.finish();
    pump(side);
}

void Connection::reset(Side side) {
    if (!std::exchange(end(side).dead, true)) send_reset(side);
}

void Connection::send_reset(Side from) {
    const Side peer = other(from);
    if (network_.is_cut(host(from), host(peer)) || end(peer).dead) return;
    network_.record("reset", packet(from, "", 0));
    network_.wire().after(network_.delay(host(from), host(peer)),
                          [self = shared_from_this(), peer] {
                              const auto sender = self->end(other(peer)).endpoint.to_string();
                              self->fail(peer, error_from_errno(ECONNRESET, "net", sender));
                          });
}

void Connection::fail(Side side, Error error) {
    StreamEnd& mine = end(side);
    if (std::exchange(mine.dead, true)) return;
    mine.failure = error;
    if (mine.notifier) mine.notifier->fail(std::move(error));
}

}  // namespace gantry::testing::detail
