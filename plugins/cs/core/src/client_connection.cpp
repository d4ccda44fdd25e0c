#include <cs/core/client_connection.h>
#include <cs/wire/limits.h>

#include <algorithm>
#include <limits>

namespace gantry::cs {

Result<RequestId> ClientConnection::request(const FileRequest& request, TimePoint now) {
    auto id = begin(ServiceId::file, request.encode(), now);
    if (!id) return id;
    open_[*id].offset = request.offset;
    open_[*id].size = request.count.value_or(std::numeric_limits<std::uint64_t>::max());
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

Result<RequestId> ClientConnection::request(const PutRequest& request, TimePoint now) {
    auto id = begin(ServiceId::put, request.encode(), now);
    if (id) open_[*id].uploading = true;
    return id;
}

void ClientConnection::send_upload(RequestId id, ByteView bytes) {
    const auto found = open_.find(id);
    if (found == open_.end() || !found->second.uploading) return;
    for (; !bytes.empty(); bytes = bytes.subspan(std::min(bytes.size(), limits::kMaxDataBody)))
        output_.push(make_frame(FrameType::data, ServiceId::put, id,
                                bytes.first(std::min(bytes.size(), limits::kMaxDataBody))));
}

std::optional<RequestId> ClientConnection::uploading() const {
    for (const auto& [id, exchange] : open_)
        if (exchange.uploading) return id;
    return std::nullopt;
}

void ClientConnection::end_upload(RequestId id, const FileEnd& end) {
    const auto found = open_.find(id);
    if (found == open_.end() || !std::exchange(found->second.uploading, false)) return;
    output_.push(make_frame(FrameType::end, ServiceId::put, id, end.encode()));
}

// The server skips what has come until it hears of the end.
void ClientConnection::give_up_upload(RequestId id, Exchange& exchange) {
    if (!std::exchange(exchange.uploading, false)) return;
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
    output_.push(make_frame(FrameType::request, service, last_, body));
    return last_;
}

void ClientConnection::abandon(RequestId id) {
    const auto found = open_.find(id);
    if (found == open_.end()) return;
    found->second.abandoned = true;
    give_up_upload(id, found->second);
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
    if (!failed_) out.bytes = output_.pull(buffer);
    if (!out.empty()) heard_ = now;  // a server that takes what we send is there
    return out;
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
}

}  // namespace gantry::cs
