#include <cs/core/client_connection.h>
#include <cs/wire/limits.h>

#include <algorithm>
#include <limits>

namespace gantry::cs {

void ClientConnection::say_hello() {
    said_hello_ = true;
    output_.push(
        make_frame(FrameType::hello, ServiceId::file, kConnectionId, client_hello().encode()));
    uploads_.expect_hello(limits::kEarlyUpload);
}

Result<RequestId> ClientConnection::request(const FileRequest& request, TimePoint now) {
    auto id = begin(ServiceId::file, request.encode(), now);
    if (!id) return id;
    open_[*id].offset = request.offset;
    open_[*id].size = request.count.value_or(std::numeric_limits<std::uint64_t>::max());
    return id;
}

Result<RequestId> ClientConnection::request(const std::shared_ptr<SealedExchange>& request,
                                            TimePoint now) {
    auto id = begin(ServiceId::encrypted_file, request->request_body(), now);
    if (id) open_[*id].sealed = request;
    return id;
}

Result<RequestId> ClientConnection::request(const ListingRequest& request, TimePoint now) {
    return begin(ServiceId::listing, request.encode(), now);
}

Result<RequestId> ClientConnection::request(const HashRequest& request, TimePoint now) {
    return begin(ServiceId::hash, request.encode(), now);
}

Result<RequestId> ClientConnection::request(const ActionRequest& request, TimePoint now) {
    return std::visit([&](const auto& r) { return begin(r.kService, r.encode(), now); }, request);
}

Result<RequestId> ClientConnection::request(const WatchRequest& request, TimePoint now) {
    return begin(ServiceId::watch, request.encode(), now);
}

Result<RequestId> ClientConnection::request(const PutRequest& request, TimePoint now) {
    auto id = begin(ServiceId::put, request.encode(), now);
    if (id) uploads_.begin(*id);
    return id;
}

void ClientConnection::send_upload(RequestId id, ByteView bytes) { uploads_.add(id, bytes); }

void ClientConnection::end_upload(RequestId id, const FileEnd& end) {
    uploads_.end(id, end.encode());
}

bool ClientConnection::wants_upload(RequestId id) const noexcept {
    return output_.bytes() < limits::kMaxQueuedBytes && uploads_.wants(id);
}

// The server skips what has come until it hears of the end.
void ClientConnection::give_up_upload(RequestId id) {
    if (!uploads_.remove(id)) return;
    const auto error = ErrorMessage::from(make_error(ErrorCode::cancelled, "cs", "given up"));
    output_.push(make_frame(FrameType::error, ServiceId::put, id, error.encode()));
}

Result<RequestId> ClientConnection::echo(ByteView body, TimePoint now) {
    return begin(ServiceId::echo, body, now);
}

Result<RequestId> ClientConnection::begin(ServiceId service, ByteView body, TimePoint now) {
    if (failed_) return make_error(ErrorCode::closed, "cs", "the connection has failed");
    if (body.size() > limits::kMaxBody)
        return make_error(ErrorCode::limit, "cs", "a request is longer than a frame may be");
    if (open_.size() == limits::kMaxPendingRequests)
        return make_error(ErrorCode::limit, "cs", "too many requests are open on one connection");
    if (open_.empty()) heard_ = now;
    ++last_;
    open_[last_].service = service;
    windows_.begin(last_);
    windows_.use(last_);
    output_.push(make_frame(FrameType::request, service, last_, body));
    return last_;
}

void ClientConnection::abandon(RequestId id) {
    const auto found = open_.find(id);
    if (found == open_.end() || std::exchange(found->second.abandoned, true)) return;
    give_up_upload(id);
    if (streams_) output_.push(make_frame(FrameType::cancel, found->second.service, id, {}));
}

void ClientConnection::end_exchange(RequestId id) {
    open_.erase(id);
    windows_.end(id);
}

void ClientConnection::receive(ByteView bytes, TimePoint now) {
    heard_ = now;
    if (!failed_) decoder_.feed(bytes);
}

void ClientConnection::receive_end(TimePoint now) {
    heard_ = now;
    fail(make_error(ErrorCode::network, "cs", "the server closed the connection"));
}

void ClientConnection::lost(Error error) { fail(std::move(error)); }

std::optional<ClientEvent> ClientConnection::poll_event() {
    while (!failed_) {
        auto piece = decoder_.next();
        if (!piece) {
            fail(std::move(piece).error());
            break;
        }
        if (!*piece) return std::nullopt;
        auto step = take(**piece);
        if (!step)
            fail(std::move(step).error());
        else if (*step)
            return std::move(*step);
    }
    return std::exchange(failure_, std::nullopt);
}

Transmit ClientConnection::poll_transmit(ByteSpan buffer, TimePoint now) {
    Transmit out;
    if (failed_) return out;
    push_grants(now);
    while (true) {
        out.bytes += output_.pull(buffer.subspan(out.bytes));
        if (!output_.empty() || out.bytes == buffer.size()) break;
        auto frame = uploads_.next_frame();
        if (!frame) break;
        output_.push(std::move(*frame));
    }
    if (!out.empty()) heard_ = now;  // a server that takes what we send is there
    return out;
}

void ClientConnection::push_grants(TimePoint now) {
    if (!streams_) return;
    while (const auto grant = windows_.poll_grant(now)) {
        const auto found = open_.find(grant->id);
        const auto service = found == open_.end() ? ServiceId::file : found->second.service;
        output_.push(
            make_frame(FrameType::credit, service, grant->id, encode_credit(grant->limit)));
    }
}

std::optional<TimePoint> ClientConnection::next_timeout() const {
    if (failed_ || paused_ || open_.empty()) return std::nullopt;
    return heard_ + times_.answer;
}

void ClientConnection::on_timeout(TimePoint now) {
    const auto due = next_timeout();
    if (due && now >= *due)
        fail(make_error(ErrorCode::timeout, "cs", "the server does not answer any more"));
}

void ClientConnection::pause(bool paused, TimePoint now) {
    paused_ = paused;
    heard_ = now;
}

void ClientConnection::fail(Error error) {
    if (failed_) return;
    failed_ = true;
    failure_ = ClientFailed{std::move(error)};
    open_.clear();
    output_.clear();
    uploads_.clear();
}

}  // namespace gantry::cs
