// What a server's connection makes of its owner's answers: frames, in the order of
// docs/protocols/cs.md section 2.
#include <cs/core/server_connection.h>
#include <cs/wire/limits.h>

#include <algorithm>

namespace gantry::cs {

void ServerConnection::answer(PendingRequest request) {
    const auto [id, service] = std::pair(request.id, request.service);
    if (const auto why = refusal(request)) return reply_error(service, id, *why, ErrorDetail::none);
    if (const auto* echo = std::get_if<EchoRequest>(&request.what)) {
        reply(FrameType::response, service, id, echo->body);
        return reply(FrameType::end, service, id, {});
    }
    answers_.add(id, service).credit.raise(request.credit);
    announce(std::move(request));
}

std::optional<Error> ServerConnection::refusal(const PendingRequest& request) const {
    if (draining_) return make_error(ErrorCode::closed, "cs", "the server is going down");
    const bool safe = request.service == ServiceId::encrypted_file ||
                      request.service == ServiceId::echo || offered_ == Offered::all;
    if (!safe) return wants_secured();
    if (const auto* unreadable = std::get_if<Error>(&request.what)) return *unreadable;
    return std::nullopt;
}

void ServerConnection::announce(PendingRequest request) {
    if (auto* file = std::get_if<FileRequest>(&request.what))
        events_.push_back(FileWanted{request.id, std::move(*file)});
    else if (auto* sealed = std::get_if<SealedAsk>(&request.what))
        events_.push_back(SealedWanted{request.id, std::move(*sealed)});
    else if (auto* hash = std::get_if<HashRequest>(&request.what))
        events_.push_back(HashWanted{request.id, std::move(*hash)});
    else if (auto* put = std::get_if<PutRequest>(&request.what))
        events_.push_back(PutWanted{request.id, std::move(*put)});
    else if (auto* listing = std::get_if<ListingRequest>(&request.what))
        events_.push_back(ListingWanted{request.id, std::move(*listing)});
    else if (auto* watch = std::get_if<WatchRequest>(&request.what))
        events_.push_back(WatchWanted{request.id, std::move(*watch)});
    else
        events_.push_back(
            ActionWanted{request.id, std::get<ActionRequest>(std::move(request.what))});
}

OpenAnswer* ServerConnection::find_open(RequestId id, ServiceId service) {
    auto* answer = failed_ ? nullptr : answers_.find(id);
    return answer != nullptr && answer->service == service ? answer : nullptr;
}

void ServerConnection::begin_file(RequestId id, const FileResponse& response,
                                  const FileSpan& span) {
    auto* open = find_open(id, ServiceId::file);
    if (open == nullptr) return;
    open->span = span;
    reply(FrameType::response, ServiceId::file, id, response.encode());
}

void ServerConnection::offer_file(RequestId id, std::uint64_t bytes) {
    auto* open = find_open(id, ServiceId::file);
    if (open == nullptr) open = find_open(id, ServiceId::encrypted_file);
    if (open != nullptr) open->offered = std::clamp(bytes, open->offered, open->span.count);
}

// It may run ahead of its bytes, as far as the file was read ahead.
void ServerConnection::tell_piece(RequestId id, const PieceMessage& piece) {
    if (find_open(id, ServiceId::file) != nullptr)
        reply(FrameType::piece, ServiceId::file, id, piece.encode());
}

void ServerConnection::finish_file(RequestId id, FileEnd end) {
    auto* open = find_open(id, ServiceId::file);
    if (open == nullptr) return;
    open->offered = open->span.count;
    finish(id, ServiceId::file, end.encode());
}

void ServerConnection::begin_sealed(RequestId id, ByteView response, std::uint64_t size) {
    auto* open = find_open(id, ServiceId::encrypted_file);
    if (open == nullptr) return;
    open->span = {0, size};
    reply(FrameType::response, ServiceId::encrypted_file, id, response);
}

void ServerConnection::tell_sealed_piece(RequestId id, ByteView piece) {
    if (find_open(id, ServiceId::encrypted_file) != nullptr)
        reply(FrameType::piece, ServiceId::encrypted_file, id, piece);
}

void ServerConnection::finish_sealed(RequestId id, Bytes end) {
    finish(id, ServiceId::encrypted_file, std::move(end));
}

void ServerConnection::send_whole(RequestId id, const FileResponse& response, Bytes content) {
    auto* open = find_open(id, ServiceId::file);
    if (open == nullptr) return;
    reply(FrameType::response, ServiceId::file, id, response.encode());
    if (!content.empty()) open->queue(std::move(content));
}

// A watch is answered as a listing is.
OpenAnswer* ServerConnection::find_listing(RequestId id) {
    auto* watch = find_open(id, ServiceId::watch);
    return watch != nullptr ? watch : find_open(id, ServiceId::listing);
}

void ServerConnection::begin_listing(RequestId id) {
    if (const auto* open = find_listing(id)) reply(FrameType::response, open->service, id, {});
}

bool ServerConnection::wants_entries(RequestId id) const noexcept {
    const auto* answer = answers_.find(id);
    return answer != nullptr && answer->queued < limits::kMaxAnswerQueue;
}

void ServerConnection::add_entries(RequestId id, std::span<const ListingEntry> entries) {
    auto* open = find_listing(id);
    if (open == nullptr) return;
    Bytes body;
    for (const auto& entry : entries) {
        if (body.size() + kMaxEntrySize > limits::kEntriesFrame)
            open->queue(std::exchange(body, {}));
        entry.append_to(body);
    }
    if (!body.empty()) open->queue(std::move(body));
    // A sign of life needs no credit, and none is needed where entries wait.
    const bool room = output_.bytes() < limits::kMaxQueuedBytes && open->frames.empty();
    if (entries.empty() && room) reply(FrameType::data, open->service, id, {});
}

void ServerConnection::finish_listing(RequestId id, const ListingEnd& end) {
    if (const auto* open = find_listing(id)) finish(id, open->service, end.encode());
}

void ServerConnection::begin_hash(RequestId id, const FileResponse& response) {
    if (find_open(id, ServiceId::hash) != nullptr)
        reply(FrameType::response, ServiceId::hash, id, response.encode());
}

// The last count says it all.
void ServerConnection::tell_hashed(RequestId id, std::uint64_t bytes) {
    auto* open = find_open(id, ServiceId::hash);
    if (open == nullptr) return;
    open->frames.clear();
    open->queued = 0;
    open->queue(encode_hashed(bytes));
}

void ServerConnection::finish_hash(RequestId id, const FileEnd& end) {
    finish(id, ServiceId::hash, end.encode());
}

void ServerConnection::begin_put(RequestId id) {
    auto* open = find_open(id, ServiceId::put);
    if (open == nullptr) return;
    open->writing = true;
    windows_.use(id);
    reply(FrameType::response, ServiceId::put, id, {});
}

// Who asks for the next bytes has stored those before, so the client may send as many again.
UploadPart ServerConnection::fetch_upload(RequestId id) {
    auto* open = find_open(id, ServiceId::put);
    if (open == nullptr) return {};
    if (streams_) windows_.consumed(id, std::exchange(open->storing, 0));
    auto part = uploads_.fetch(id);
    open->storing = part.bytes.size();
    return part;
}

void ServerConnection::finish_put(RequestId id) { finish(id, ServiceId::put, {}); }

void ServerConnection::finish_action(RequestId id, ByteView response) {
    const auto* open = failed_ ? nullptr : answers_.find(id);
    if (open == nullptr) return;
    reply(FrameType::response, open->service, id, response);
    finish(id, open->service, {});
}

void ServerConnection::refuse(RequestId id, const Error& error, ErrorDetail detail) {
    const auto* open = failed_ ? nullptr : answers_.find(id);
    if (open == nullptr) return;
    reply_error(open->service, id, error, detail);
    end_answer(id);
}

void ServerConnection::reply(FrameType type, ServiceId service, RequestId id, ByteView body) {
    output_.push(make_frame(type, service, id, body));
}

// What comes of a put that is refused goes nowhere.
void ServerConnection::reply_error(ServiceId service, RequestId id, const Error& error,
                                   ErrorDetail detail) {
    auto message = ErrorMessage::from(error);
    message.detail = detail;
    reply(FrameType::error, service, id, message.encode());
    uploads_.discard(id);
    windows_.drop(id);
}

void ServerConnection::finish(RequestId id, ServiceId service, Bytes end) {
    auto* open = find_open(id, service);
    if (open == nullptr) return;
    open->end = std::move(end);
    end_complete();
}

void ServerConnection::end_complete() {
    for (const auto id : answers_.complete()) {
        const auto* answer = answers_.find(id);
        reply(FrameType::end, answer->service, id, *answer->end);
        end_answer(id);
    }
}

void ServerConnection::drop_answer(RequestId id, const Error& error) {
    refuse(id, error);
    events_.push_back(AnswerDropped{id, error});
}

void ServerConnection::end_answer(RequestId id) {
    windows_.drop(id);
    answers_.remove(id);
}

}  // namespace gantry::cs
