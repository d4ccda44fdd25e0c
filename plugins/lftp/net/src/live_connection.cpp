#include <lftp/net/datagram_port.h>

#include <algorithm>

namespace gantry::lftp {

LiveConnection::LiveConnection(DatagramPort& port, std::unique_ptr<Connection> core)
    : port_(port), core_(std::move(core)) {
    handshaking_ = core_->state() == ConnectionState::handshaking;
    timer_ = port_.loop().make_timer([this] { on_timer(); });
}

TimePoint LiveConnection::now() const noexcept { return port_.loop().now(); }

void LiveConnection::take(ByteSpan datagram, EcnMark mark, const Endpoint& from) {
    core_->receive(datagram, mark, now(), from);
}

void LiveConnection::leave() {
    user_ = nullptr;
    left_ = true;
    leave_by_ = now() + limits::kFarewell;
    (void)core_->finish(kOnlyStream);
    core_->stop(kOnlyStream, 0);
    pump();
}

void LiveConnection::pump_soon() {
    if (std::exchange(pump_posted_, true)) return;
    port_.loop().post([weak = weak_from_this()] {
        const auto self = weak.lock();
        if (!self || !self->core_) return;
        self->pump_posted_ = false;
        self->pump();
    });
}

void LiveConnection::pump() {
    const auto self = shared_from_this();
    const bool more = transmit();
    tell_events();
    if (left_) say_farewell();
    if (more) pump_soon();
    if (core_->state() == ConnectionState::closed) return port_.forget(*this);
    set_timer();
}

// Whether its turn was over before it had said all.
bool LiveConnection::transmit() {
    for (int i = 0; i < limits::kTrainsPerTurn; ++i) {
        if (port_.blocked()) return false;  // it will be pumped
        const auto room = port_.train();
        const auto train = core_->poll_transmit(room, now());
        if (train.size == 0) return false;
        const bool alone = train.segment >= train.size;
        port_.send({train.to, room.first(train.size),
                    alone ? std::uint16_t{0} : static_cast<std::uint16_t>(train.segment),
                    train.mark == EcnMark::ect0 ? Ecn::ect0 : Ecn::not_ect});
    }
    return true;
}

void LiveConnection::tell_events() {
    while (const auto event = core_->poll_event()) tell(*event);
}

void LiveConnection::tell(const ConnectionEvent& event) {
    if (std::holds_alternative<HandshakeFinished>(event)) {
        handshaking_ = false;
        (void)core_->agree_on_stream(kOnlyStream);
        if (user_ != nullptr) user_->handshake_finished();
        return port_.handshake_finished(*this);
    }
    if (user_ == nullptr) return;
    if (const auto* changed = std::get_if<StreamEvent>(&event))
        user_->stream_changed(*changed);
    else if (const auto* ended = std::get_if<ConnectionEnded>(&event))
        user_->connection_ended(*ended);
}

// Once all that was written has arrived, or it took too long, or the peer has closed.
void LiveConnection::say_farewell() {
    if (core_->state() <= ConnectionState::confirmed) {
        if (!core_->delivered(kOnlyStream) && now() < leave_by_) return;
        core_->shut_down(0, "", now());
        (void)transmit();
    }
    port_.said_farewell();
}

void LiveConnection::set_timer() {
    auto next = core_->next_timeout();
    if (left_ && core_->state() <= ConnectionState::confirmed) next = std::min(next, leave_by_);
    if (next == TimePoint::max())
        timer_->disarm();
    else
        timer_->arm(next);
}

void LiveConnection::on_timer() {
    core_->on_timeout(now());
    pump();
}

}  // namespace gantry::lftp
