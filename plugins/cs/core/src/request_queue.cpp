#include <cs/core/limits.h>
#include <cs/core/request_queue.h>

#include <algorithm>
#include <array>

namespace gantry::cs {

namespace {

using What = decltype(PendingRequest::what);

template <class Message>
What read(ByteView body) {
    auto message = Message::decode(body);
    if (!message) return std::move(message).error();
    return std::move(*message);
}

template <class Message>
What read_action(ByteView body) {
    auto message = Message::decode(body);
    if (!message) return std::move(message).error();
    return ActionRequest(std::move(*message));
}

What read_echo(ByteView body) { return EchoRequest{Bytes(body.begin(), body.end())}; }

struct ServiceRow {
    ServiceId service;
    What (*read)(ByteView body);
};

constexpr std::array<ServiceRow, 11> kServices{{
    {ServiceId::file, read<FileRequest>},
    {ServiceId::encrypted_file, read<SealedAsk>},
    {ServiceId::listing, read<ListingRequest>},
    {ServiceId::echo, read_echo},
    {ServiceId::hash, read<HashRequest>},
    {ServiceId::put, read<PutRequest>},
    {ServiceId::status, read_action<StatusRequest>},
    {ServiceId::make_folder, read_action<MakeFolderRequest>},
    {ServiceId::rename, read_action<RenameRequest>},
    {ServiceId::remove, read_action<DeleteRequest>},
    {ServiceId::watch, read<WatchRequest>},
}};

What read_request(ServiceId service, ByteView body) {
    for (const auto& row : kServices)
        if (row.service == service) return row.read(body);
    return make_error(
        ErrorCode::unsupported, "cs",
        "this server has no service " + std::to_string(static_cast<unsigned>(service)));
}

}  // namespace

Result<void> RequestQueue::add(const FrameHeader& header, ByteView body) {
    if (header.id <= last_)
        return protocol_error("request id " + std::to_string(header.id.value()) +
                              " is not above those before it");
    if (waiting_.size() == limits::kMaxPendingRequests ||
        bytes_ + body.size() > limits::kMaxPendingBytes)
        return make_error(ErrorCode::limit, "cs",
                          "too many requests wait for an answer on one connection");
    last_ = header.id;
    bytes_ += body.size();
    waiting_.push_back(
        {{header.id, header.service, read_request(header.service, body), 0}, body.size()});
    return {};
}

std::optional<PendingRequest> RequestQueue::take(std::deque<Waiting>::iterator from) {
    if (from == waiting_.end()) return std::nullopt;
    auto next = std::move(*from);
    waiting_.erase(from);
    bytes_ -= next.bytes;
    return std::move(next.request);
}

std::optional<PendingRequest> RequestQueue::pop() { return take(waiting_.begin()); }

std::optional<PendingRequest> RequestQueue::pop_echo() {
    return take(std::ranges::find_if(waiting_, [](const Waiting& w) {
        return std::holds_alternative<EchoRequest>(w.request.what);
    }));
}

std::optional<PendingRequest> RequestQueue::remove(RequestId id) {
    return take(
        std::ranges::find_if(waiting_, [id](const Waiting& w) { return w.request.id == id; }));
}

void RequestQueue::add_credit(RequestId id, std::uint64_t limit) {
    for (auto& waiting : waiting_)
        if (waiting.request.id == id)
            waiting.request.credit = std::max(waiting.request.credit, limit);
}

void RequestQueue::clear() {
    waiting_.clear();
    bytes_ = 0;
}

}  // namespace gantry::cs
