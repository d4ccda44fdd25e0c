#include <gantry/net/send_copy.h>
#include <lftp/net/rudp_stream.h>

namespace gantry::lftp {

namespace {

constexpr std::uint64_t kAborted = 1;  // the application's code of a stream that was aborted

Error peer_closed() {
    return make_error(ErrorCode::network, "rudp", "the peer closed the connection");
}

}  // namespace

RudpStream::RudpStream(std::shared_ptr<DatagramPort> port,
                       std::shared_ptr<LiveConnection> connection)
    : port_(std::move(port)), connection_(std::move(connection)), peer_(connection_->peer()) {
    teller_ = std::make_shared<StreamTeller>(port_->loop(), [this] { return ready(); });
    connection_->set_user(this);
}

RudpStream::~RudpStream() {
    teller_->stop();
    if (connection_) connection_->leave();
}

void RudpStream::set_callbacks(StreamCallbacks callbacks) {
    teller_->set_callbacks(std::move(callbacks));
}

Readiness RudpStream::ready() const noexcept {
    const bool closed = peer_left_ && !finished_;
    return {.readable = may_read_, .writable = (roomy_ && !finished_) || closed};
}

Result<void> RudpStream::check_open() const {
    if (failure_) return *failure_;
    if (!connection_) return make_error(ErrorCode::closed, "rudp", "the stream was aborted");
    return {};
}

Error RudpStream::fail(Error error) {
    if (!failure_) failure_ = std::move(error);
    teller_->fail(*failure_);
    return *failure_;
}

Result<ReadOutcome> RudpStream::read(ByteSpan into) {
    if (auto open = check_open(); !open) return std::move(open).error();
    if (at_end_) return ReadOutcome{0, true};
    if (!may_read_ || into.empty()) return ReadOutcome();
    const auto outcome = connection_->core().read(kOnlyStream, into, connection_->now());
    if (!outcome) return fail(peer_closed());
    connection_->pump_soon();  // there may be credit to give
    teller_->news();
    at_end_ = outcome->at_end;
    may_read_ = at_end_ || outcome->count == into.size();
    if (outcome->count > 0) return ReadOutcome{outcome->count, false};
    if (!at_end_ && peer_left_) return fail(peer_closed());
    return ReadOutcome{0, at_end_};
}

Result<void> RudpStream::check_writing() {
    if (auto open = check_open(); !open) return open;
    if (finished_)
        return make_error(ErrorCode::closed, "rudp", "writing on this stream was finished");
    if (peer_left_) return fail(peer_closed());
    return {};
}

Result<std::size_t> RudpStream::write(std::span<const ByteView> buffers) {
    if (auto open = check_writing(); !open) return std::move(open).error();
    std::size_t taken = 0;
    for (const auto part : buffers) {
        if (part.empty()) continue;
        const auto wrote = connection_->core().write(kOnlyStream, part);
        if (!wrote) return fail(peer_closed());
        taken += *wrote;
        roomy_ = *wrote == part.size();
        if (!roomy_) break;
    }
    if (taken > 0) connection_->pump_soon();
    teller_->news();
    return taken;
}

Result<std::size_t> RudpStream::send_file(File& file, std::uint64_t offset, std::size_t count) {
    return send_copy(*this, file, offset, count);
}

Result<void> RudpStream::finish_writing() {
    if (auto open = check_open(); !open) return open;
    if (std::exchange(finished_, true)) return {};
    (void)connection_->core().finish(kOnlyStream);
    connection_->pump_soon();
    return {};
}

void RudpStream::abort() {
    teller_->stop();
    if (connection_) drop_connection();
}

void RudpStream::drop_connection() {
    const auto connection = std::move(connection_);
    connection->core().shut_down(kAborted, "aborted", connection->now());
    connection->leave();
}

void RudpStream::stream_changed(const StreamEvent& event) {
    if (event.kind == StreamEvent::Kind::readable) may_read_ = true;
    if (event.kind == StreamEvent::Kind::writable) roomy_ = true;
    if (event.kind == StreamEvent::Kind::stopped) peer_left_ = true;
    teller_->news();
}

// One that closed in order has sent all that it had, which can still be read.
void RudpStream::connection_ended(const ConnectionEnded& ended) {
    if (!ended.by_peer) return void(fail(ended.error));
    if (!ended.by_application || ended.code != 0) return void(fail(peer_closed()));
    peer_left_ = may_read_ = true;
    teller_->news();
}

}  // namespace gantry::lftp
