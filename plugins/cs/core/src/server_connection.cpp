// What a server's connection does with the client's bytes and with the time; server_answers.cpp
// holds what its owner answers.
#include <cs/core/hello_exchange.h>
#include <cs/core/server_connection.h>

#include <algorithm>
#include <cassert>

namespace gantry::cs {

namespace {

// Of what is asked for.
std::optional<RequestId> wanted_id(const ServerEvent& event) {
    return std::visit(
        [](const auto& e) -> std::optional<RequestId> {
            if constexpr (requires { e.request; })
                return e.id;
            else
                return std::nullopt;
        },
        event);
}

Error no_streams(FrameType type) {
    return make_error(ErrorCode::unsupported, "cs",
                      "a frame of type " + std::to_string(static_cast<unsigned>(type)) +
                          " came without streams in use");
}

}  // namespace

ServerConnection::ServerConnection(const limits::ServerTimes& times, TimePoint now, Offered offered)
    : times_(times), offered_(offered), deadlines_(times, now) {}

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
    auto taken = dispatch(piece, now);
    heard_ = true;
    if (!taken) fail(std::move(taken).error(), now);
}

Result<void> ServerConnection::dispatch(const FramePiece& piece, TimePoint now) {
    switch (piece.header.type) {
        case FrameType::hello:
            return take_hello(piece);
        case FrameType::request:
            return take_request(piece);
        case FrameType::credit:
            return take_credit(piece, now);
        case FrameType::cancel:
            return take_cancel(piece);
        default:
            return take_upload(piece, now);
    }
}

// Is answered before it is judged, so that the client learns what would do.
Result<void> ServerConnection::take_hello(const FramePiece& piece) {
    if (heard_ || piece.header.id != kConnectionId)
        return protocol_error("a HELLO came that is not the first frame");
    auto theirs = Hello::decode(piece.body);
    if (!theirs) return std::move(theirs).error();
    const auto ours = server_hello();
    reply(FrameType::hello, ServiceId::file, kConnectionId, ours.encode());
    auto agreed = agree(ours, *theirs);
    if (!agreed) return std::move(agreed).error();
    streams_ = agreed->streams;
    answers_.limit(agreed->window, agreed->stream_window);
    answers_.set_largest_frame(agreed->largest_data);
    return {};
}

Result<void> ServerConnection::take_request(const FramePiece& piece) {
    if (auto added = requests_.add(piece.header, piece.body); !added) return added;
    if (piece.header.service != ServiceId::put) return {};
    windows_.begin(piece.header.id);
    return uploads_.begin(piece.header.id);
}

Result<void> ServerConnection::take_upload(const FramePiece& piece, TimePoint now) {
    const auto id = piece.header.id;
    deadlines_.uploaded(piece.body.size());
    const bool counts = streams_ && piece.header.type == FrameType::data;
    if (counts)
        if (auto fits = windows_.received(id, piece.body.size(), now); !fits) return fits;
    if (auto taken = uploads_.take(piece); !taken) return taken;
    if (counts && !uploads_.keeps(id)) windows_.consumed(id, piece.body.size());
    return {};
}

Result<void> ServerConnection::take_credit(const FramePiece& piece, TimePoint now) {
    if (!streams_) return no_streams(piece.header.type);
    auto limit = decode_credit(piece.body);
    if (!limit) return std::move(limit).error();
    answers_.add_credit(piece.header.id, *limit);
    requests_.add_credit(piece.header.id, *limit);
    answers_.note_stalls(now);
    return {};
}

Result<void> ServerConnection::take_cancel(const FramePiece& piece) {
    if (!streams_) return no_streams(piece.header.type);
    const auto id = piece.header.id;
    if (id > requests_.last() || id == kConnectionId)
        return protocol_error("a request was cancelled that was never made");
    const auto error = make_error(ErrorCode::cancelled, "cs", "the client cancelled the request");
    if (answers_.contains(id)) {
        drop_answer(id, error);
    } else if (const auto waiting = requests_.remove(id)) {
        reply_error(waiting->service, id, error, ErrorDetail::none);
    }
    return {};
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
    while (!events_.empty()) {
        auto event = std::move(events_.front());
        events_.pop_front();
        const auto id = wanted_id(event);
        if (!id || answers_.contains(*id)) return event;  // else it was cancelled meanwhile
    }
    return std::nullopt;
}

// Begins the next requests as far as there is room for their answers, and keeps the deadlines true.
void ServerConnection::settle(TimePoint now) {
    while (auto next = next_request()) answer(std::move(*next));
    if (upload_is_stuck())
        fail(make_error(ErrorCode::limit, "cs",
                        "the bytes of later puts came before those of an earlier one"),
             now);
    deadlines_.busy(!answers_.empty() || !requests_.empty(), now);
    deadlines_.awaiting_upload(awaits_upload(), now);
    if (finished()) deadlines_.closing(now);
}

std::optional<PendingRequest> ServerConnection::next_request() {
    if (failed_ || output_.bytes() >= limits::kMaxQueuedBytes) return std::nullopt;
    if (streams_)
        if (auto echo = requests_.pop_echo()) return echo;
    const std::size_t most = streams_ ? limits::kMaxAnswers : 1;
    return answers_.size() < most ? requests_.pop() : std::nullopt;
}

// Whether the client has bytes to send that it has room for.
bool ServerConnection::awaits_upload() const {
    if (uploads_.empty() || (!streams_ && uploads_.full())) return false;
    return answers_.any([this](RequestId id, const OpenAnswer& answer) {
        return answer.service == ServiceId::put && uploads_.awaits(id) &&
               (!streams_ || windows_.has_room(id));
    });
}

// Without streams nothing more is read while others' bytes fill the room.
bool ServerConnection::upload_is_stuck() const {
    if (streams_ || !uploads_.full()) return false;
    return answers_.any([this](RequestId id, const OpenAnswer& answer) {
        return answer.writing && uploads_.awaits(id) && !uploads_.holds(id);
    });
}

bool ServerConnection::wants_input() const noexcept {
    if (failed_) return true;
    return output_.bytes() < limits::kMaxControlBytes && (streams_ || !uploads_.full());
}

Transmit ServerConnection::poll_transmit(ByteSpan buffer, TimePoint now) {
    assert(buffer.size() >= FrameHeader::kSize);
    settle(now);
    push_grants(now);
    Transmit out;
    do {
        end_complete();
        out.bytes += output_.pull(buffer.subspan(out.bytes));
    } while (push_data(buffer.subspan(out.bytes), out));
    answers_.note_stalls(now);
    if (!out.empty()) deadlines_.transmitting(out.bytes + (out.file ? out.file->count : 0), now);
    return out;
}

// The next data, where all else has gone. True: it waits in output_.
bool ServerConnection::push_data(ByteSpan room, Transmit& out) {
    if (failed_ || !output_.empty() || room.size() < FrameHeader::kSize) return false;
    auto turn = answers_.next_turn();
    if (!turn) return false;
    if (!turn->file) {
        reply(FrameType::data, turn->service, turn->id, turn->body);
        return true;
    }
    const auto head =
        make_header(FrameType::data, turn->service, turn->id, turn->file->count).encode();
    std::copy(head.begin(), head.end(), room.begin());
    out.bytes += head.size();
    out.file = turn->file;
    return false;
}

void ServerConnection::push_grants(TimePoint now) {
    if (!streams_ || failed_) return;
    while (const auto grant = windows_.poll_grant(now)) {
        const auto service = grant->id == kConnectionId ? ServiceId::file : ServiceId::put;
        reply(FrameType::credit, service, grant->id, encode_credit(grant->limit));
    }
}

Result<Bytes> ServerConnection::pack(ByteView, TimePoint) {
    return make_error(ErrorCode::unsupported, "cs", "cs1 packs no bytes of files");
}

void ServerConnection::on_sent(std::uint64_t bytes, TimePoint now) {
    deadlines_.sent(bytes, now);
    settle(now);
}

std::optional<TimePoint> ServerConnection::next_timeout() const {
    const auto stall = answers_.stall_deadline(times_.drain);
    const auto due = deadlines_.next();
    if (!stall || !due) return stall ? stall : due;
    return std::min(*stall, *due);
}

void ServerConnection::on_timeout(TimePoint now) {
    for (const auto id : answers_.stalled(times_.drain, now))
        drop_answer(id,
                    make_error(ErrorCode::timeout, "cs", "the client takes its answer too slowly"));
    auto late = deadlines_.check(now);
    if (!late) return;
    if (failed_ || finished())
        gave_up_ = true;
    else
        fail(std::move(*late), now);
}

void ServerConnection::drain(TimePoint now) {
    draining_ = true;
    settle(now);
}

bool ServerConnection::finished() const noexcept {
    const bool last = failed_ || peer_ended_ || draining_;
    return last && answers_.empty() && requests_.empty() && output_.empty() &&
           deadlines_.unsent() == 0;
}

void ServerConnection::fail(Error error, TimePoint now) {
    if (failed_) return;
    reply_error(ServiceId::file, kConnectionId, error, ErrorDetail::none);
    failed_ = true;
    answers_.clear();
    requests_.clear();
    uploads_.clear();
    events_.clear();
    events_.push_back(ServerFailed{std::move(error)});
    deadlines_.closing(now);
}

}  // namespace gantry::cs
