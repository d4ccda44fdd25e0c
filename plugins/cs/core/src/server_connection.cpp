#include <cs/core/server_connection.h>
#include <cs/wire/limits.h>

#include <algorithm>
#include <cassert>

namespace gantry::cs {

ServerConnection::ServerConnection(const limits::ServerTimes& times, TimePoint now)
    : deadlines_(times, now) {}

void ServerConnection::receive(ByteView bytes, TimePoint now) {
    if (failed_) return;
    decoder_.feed(bytes);
    while (!failed_) {
        auto piece = decoder_.next();
        if (!piece) return fail(std::move(piece).error(), now);
        if (!*piece) break;
        take(**piece, now);
    }
    if (decoder_.inside_message()) deadlines_.request_began(now);
    settle(now);
}

void ServerConnection::take(const FramePiece& piece, TimePoint now) {
    // An error for the connection is the client's farewell.
    if (piece.header.type == FrameType::error && piece.header.id == kConnectionId)
        return receive_end(now);
    deadlines_.request_came();
    const bool asks = piece.header.type == FrameType::request;
    auto taken = asks ? take_request(piece) : take_upload(piece);
    if (!taken) fail(std::move(taken).error(), now);
}

Result<void> ServerConnection::take_request(const FramePiece& piece) {
    if (auto added = requests_.add(piece.header, piece.body); !added) return added;
    if (piece.header.service != ServiceId::put) return {};
    return uploads_.begin(piece.header.id);
}

Result<void> ServerConnection::take_upload(const FramePiece& piece) {
    deadlines_.uploaded(piece.body.size());
    return uploads_.take(piece);
}

void ServerConnection::receive_end(TimePoint now) {
    peer_ended_ = true;
    if (uploads_.unfinished())
        return fail(make_error(ErrorCode::network, "cs", "the client ended in the midst of a file"),
                    now);
    settle(now);
}

std::optional<ServerEvent> ServerConnection::poll_event(TimePoint now) {
    settle(now);
    if (events_.empty()) return std::nullopt;
    auto event = std::move(events_.front());
    events_.pop_front();
    return event;
}

// Begins the next requests as far as there is room for their answers, and keeps the deadlines true.
void ServerConnection::settle(TimePoint now) {
    while (!failed_ && !open_ && output_.bytes() < limits::kMaxQueuedBytes) {
        auto next = requests_.pop();
        if (!next) break;
        answer(std::move(*next));
    }
    // The rest of this put lies behind others on the stream, and nothing more is read.
    if (open_ && uploads_.full() && uploads_.awaits(open_->id) && !uploads_.holds(open_->id))
        return fail(make_error(ErrorCode::limit, "cs",
                               "the bytes of later puts came before those of an earlier one"),
                    now);
    deadlines_.busy(open_.has_value() || !requests_.empty(), now);
    deadlines_.awaiting_upload(open_ && !uploads_.full() && uploads_.awaits(open_->id), now);
    if (finished()) deadlines_.closing(now);
}

void ServerConnection::answer(PendingRequest request) {
    open_ = OpenRequest{};
    open_->id = request.id;
    open_->service = request.service;
    if (draining_)
        return refuse(request.id, make_error(ErrorCode::closed, "cs", "the server is going down"));
    if (auto* error = std::get_if<Error>(&request.what)) return refuse(request.id, *error);
    if (auto* echo = std::get_if<EchoRequest>(&request.what)) return answer_whole(echo->body);
    if (auto* file = std::get_if<FileRequest>(&request.what))
        events_.push_back(FileWanted{request.id, std::move(*file)});
    else if (auto* hash = std::get_if<HashRequest>(&request.what))
        events_.push_back(HashWanted{request.id, std::move(*hash)});
    else if (auto* put = std::get_if<PutRequest>(&request.what))
        events_.push_back(PutWanted{request.id, std::move(*put)});
    else if (auto* listing = std::get_if<ListingRequest>(&request.what))
        events_.push_back(ListingWanted{request.id, std::move(*listing)});
    else
        events_.push_back(
            ActionWanted{request.id, std::get<ActionRequest>(std::move(request.what))});
}

void ServerConnection::answer_whole(ByteView response) {
    reply(FrameType::response, response);
    reply(FrameType::end, {});
    end_request();
}

Transmit ServerConnection::poll_transmit(ByteSpan buffer, TimePoint now) {
    assert(buffer.size() >= FrameHeader::kSize);
    settle(now);
    end_file_when_sent();
    Transmit out;
    out.bytes = output_.pull(buffer);
    if (output_.empty() && buffer.size() - out.bytes >= FrameHeader::kSize) out.file = next_range();
    if (out.file) {
        const auto head =
            make_header(FrameType::data, open_->service, open_->id, out.file->count).encode();
        std::copy(head.begin(), head.end(),
                  buffer.begin() + static_cast<std::ptrdiff_t>(out.bytes));
        out.bytes += head.size();
        open_->handed += out.file->count;
    }
    if (!out.empty()) deadlines_.transmitting(out.bytes + (out.file ? out.file->count : 0), now);
    return out;
}

Result<Bytes> ServerConnection::pack(ByteView, TimePoint) {
    return make_error(ErrorCode::unsupported, "cs", "cs1 packs no bytes of files");
}

std::optional<FileRange> ServerConnection::next_range() const {
    if (failed_ || !open_ || open_->handed >= open_->offered) return std::nullopt;
    const auto ready = open_->offered - open_->handed;
    const auto count = std::min<std::uint64_t>(ready, limits::kMaxDataBody);
    return FileRange{open_->id, open_->span.offset + open_->handed,
                     static_cast<std::size_t>(count)};
}

void ServerConnection::end_file_when_sent() {
    if (failed_ || !open_ || !open_->end || open_->handed < open_->span.count) return;
    reply(FrameType::end, open_->end->encode());
    end_request();
}

void ServerConnection::on_sent(std::uint64_t bytes, TimePoint now) {
    deadlines_.sent(bytes, now);
    settle(now);
}

void ServerConnection::on_timeout(TimePoint now) {
    auto late = deadlines_.check(now);
    if (!late) return;
    if (failed_ || finished())
        gave_up_ = true;
    else
        fail(std::move(*late), now);
}

ServerConnection::OpenRequest* ServerConnection::find_open(RequestId id, ServiceId service) {
    const bool current = !failed_ && open_ && open_->id == id && open_->service == service;
    return current ? &*open_ : nullptr;
}

void ServerConnection::begin_file(RequestId id, const FileResponse& response,
                                  const FileSpan& span) {
    auto* open = find_open(id, ServiceId::file);
    if (open == nullptr) return;
    open->span = span;
    reply(FrameType::response, response.encode());
}

void ServerConnection::offer_file(RequestId id, std::uint64_t bytes) {
    if (auto* open = find_open(id, ServiceId::file))
        open->offered = std::clamp(bytes, open->offered, open->span.count);
}

// It may run ahead of its bytes, as far as the file was read ahead.
void ServerConnection::tell_piece(RequestId id, const PieceMessage& piece) {
    if (find_open(id, ServiceId::file) != nullptr) reply(FrameType::piece, piece.encode());
}

void ServerConnection::finish_file(RequestId id, FileEnd end) {
    auto* open = find_open(id, ServiceId::file);
    if (open == nullptr) return;
    open->offered = open->span.count;
    open->end = std::move(end);
}

void ServerConnection::begin_listing(RequestId id) {
    if (find_open(id, ServiceId::listing) != nullptr) reply(FrameType::response, {});
}

void ServerConnection::add_entries(RequestId id, std::span<const ListingEntry> entries) {
    if (find_open(id, ServiceId::listing) == nullptr) return;
    Bytes body;
    for (const auto& entry : entries) {
        if (body.size() + kMaxEntrySize > limits::kMaxBody) {
            reply(FrameType::data, body);
            body.clear();
        }
        entry.append_to(body);
    }
    if (!body.empty() || entries.empty()) reply(FrameType::data, body);
}

void ServerConnection::finish_listing(RequestId id, const ListingEnd& end) {
    if (find_open(id, ServiceId::listing) == nullptr) return;
    reply(FrameType::end, end.encode());
    end_request();
}

void ServerConnection::begin_hash(RequestId id, const FileResponse& response) {
    if (find_open(id, ServiceId::hash) != nullptr) reply(FrameType::response, response.encode());
}

void ServerConnection::tell_hashed(RequestId id, std::uint64_t bytes) {
    const bool room = output_.bytes() < limits::kMaxQueuedBytes;
    if (room && find_open(id, ServiceId::hash) != nullptr)
        reply(FrameType::data, encode_hashed(bytes));
}

void ServerConnection::finish_hash(RequestId id, const FileEnd& end) {
    if (find_open(id, ServiceId::hash) == nullptr) return;
    reply(FrameType::end, end.encode());
    end_request();
}

void ServerConnection::begin_put(RequestId id) {
    if (find_open(id, ServiceId::put) != nullptr) reply(FrameType::response, {});
}

UploadPart ServerConnection::fetch_upload(RequestId id) {
    return find_open(id, ServiceId::put) != nullptr ? uploads_.fetch(id) : UploadPart{};
}

void ServerConnection::finish_put(RequestId id) {
    if (find_open(id, ServiceId::put) == nullptr) return;
    reply(FrameType::end, {});
    end_request();
}

void ServerConnection::finish_action(RequestId id, ByteView response) {
    if (!failed_ && open_ && open_->id == id) answer_whole(response);
}

void ServerConnection::refuse(RequestId id, const Error& error, ErrorDetail detail) {
    if (failed_ || !open_ || open_->id != id) return;
    auto message = ErrorMessage::from(error);
    message.detail = detail;
    if (open_->service == ServiceId::put) uploads_.discard(id);
    reply(FrameType::error, message.encode());
    end_request();
}

void ServerConnection::reply(FrameType type, ByteView body) {
    output_.push(make_frame(type, open_->service, open_->id, body));
}

void ServerConnection::end_request() { open_.reset(); }

void ServerConnection::drain(TimePoint now) {
    draining_ = true;
    settle(now);
}

bool ServerConnection::finished() const noexcept {
    const bool last = failed_ || peer_ended_ || draining_;
    return last && !open_ && requests_.empty() && output_.empty() && deadlines_.unsent() == 0;
}

void ServerConnection::fail(Error error, TimePoint now) {
    if (failed_) return;
    const auto body = ErrorMessage::from(error).encode();
    output_.push(make_frame(FrameType::error, ServiceId::file, kConnectionId, body));
    failed_ = true;
    open_.reset();
    requests_.clear();
    uploads_.clear();
    events_.clear();
    events_.push_back(ServerFailed{std::move(error)});
    deadlines_.closing(now);
}

}  // namespace gantry::cs
