#include <host/loader/held_net.h>

namespace gantry::host {

namespace {
Error socket_gone() {
    return make_error(ErrorCode::closed, "loader", "the socket is closed: its plugin was unloaded");
}
}  // namespace

void HeldStream::set_callbacks(StreamCallbacks callbacks) {
    if (inner_) inner_->set_callbacks(std::move(callbacks));
}
void HeldStream::set_interest(Interest interest) {
    if (inner_) inner_->set_interest(interest);
}
Result<ReadOutcome> HeldStream::read(ByteSpan into) {
    if (!inner_) return socket_gone();
    return inner_->read(into);
}
Result<std::size_t> HeldStream::write(std::span<const ByteView> buffers) {
    if (!inner_) return socket_gone();
    return inner_->write(buffers);
}
Result<std::size_t> HeldStream::send_file(File& file, std::uint64_t offset, std::size_t count) {
    if (!inner_) return socket_gone();
    return inner_->send_file(file, offset, count);
}
Result<void> HeldStream::finish_writing() {
    if (!inner_) return socket_gone();
    return inner_->finish_writing();
}
void HeldStream::abort() {
    if (inner_) inner_->abort();
}
Endpoint HeldStream::local() const { return inner_ ? inner_->local() : Endpoint{}; }
Endpoint HeldStream::peer() const { return inner_ ? inner_->peer() : Endpoint{}; }
Security HeldStream::security() const { return inner_ ? inner_->security() : Security{}; }

Endpoint HeldListener::local() const { return inner_ ? inner_->local() : Endpoint{}; }
void HeldListener::pause() {
    if (inner_) inner_->pause();
}
void HeldListener::resume() {
    if (inner_) inner_->resume();
}

void HeldDatagramSocket::set_callbacks(DatagramCallbacks callbacks) {
    if (inner_) inner_->set_callbacks(std::move(callbacks));
}
void HeldDatagramSocket::set_interest(Interest interest) {
    if (inner_) inner_->set_interest(interest);
}
Result<std::size_t> HeldDatagramSocket::send(std::span<const OutDatagram> batch) {
    if (!inner_) return socket_gone();
    return inner_->send(batch);
}
Result<std::size_t> HeldDatagramSocket::receive(std::span<InDatagram> slots) {
    if (!inner_) return socket_gone();
    return inner_->receive(slots);
}
Endpoint HeldDatagramSocket::local() const { return inner_ ? inner_->local() : Endpoint{}; }

}  // namespace gantry::host
