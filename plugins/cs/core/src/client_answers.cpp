// What a client does with each frame of an answer: the order of docs/protocols/cs.md section 2.
#include <cs/core/client_connection.h>

#include <algorithm>
#include <array>

namespace gantry::cs {

namespace {

bool gives_bytes(const ClientEvent& event) {
    return std::holds_alternative<FileBytes>(event) || std::holds_alternative<ListingPart>(event);
}

}  // namespace

bool ClientConnection::is_file_check(CheckAlgorithm check) noexcept {
    return check == CheckAlgorithm::none || check == CheckAlgorithm::crc32c ||
           check == CheckAlgorithm::merkle;
}

struct ClientConnection::Rule {
    ServiceId service;
    Phase phase;
    FrameType type;
    Handler handle;
};

const ClientConnection::Rule* ClientConnection::find_rule(const Exchange& exchange,
                                                          FrameType type) {
    using C = ClientConnection;
    static constexpr std::array<Rule, 29> kRules{{
        {ServiceId::file, Phase::waiting, FrameType::response, &C::on_file_response},
        {ServiceId::file, Phase::receiving, FrameType::data, &C::on_file_data},
        {ServiceId::file, Phase::receiving, FrameType::piece, &C::on_file_piece},
        {ServiceId::file, Phase::receiving, FrameType::end, &C::on_file_end},
        {ServiceId::encrypted_file, Phase::waiting, FrameType::response, &C::on_sealed_response},
        {ServiceId::encrypted_file, Phase::receiving, FrameType::data, &C::on_file_data},
        {ServiceId::encrypted_file, Phase::receiving, FrameType::piece, &C::on_sealed_piece},
        {ServiceId::encrypted_file, Phase::receiving, FrameType::end, &C::on_sealed_end},
        {ServiceId::listing, Phase::waiting, FrameType::response, &C::on_empty_response},
        {ServiceId::listing, Phase::receiving, FrameType::data, &C::on_listing_data},
        {ServiceId::listing, Phase::receiving, FrameType::end, &C::on_listing_end},
        {ServiceId::watch, Phase::waiting, FrameType::response, &C::on_watch_response},
        {ServiceId::watch, Phase::receiving, FrameType::data, &C::on_listing_data},
        {ServiceId::watch, Phase::receiving, FrameType::end, &C::on_listing_end},
        {ServiceId::hash, Phase::waiting, FrameType::response, &C::on_hash_response},
        {ServiceId::hash, Phase::receiving, FrameType::data, &C::on_hash_data},
        {ServiceId::hash, Phase::receiving, FrameType::end, &C::on_file_end},
        {ServiceId::put, Phase::waiting, FrameType::response, &C::on_empty_response},
        {ServiceId::put, Phase::receiving, FrameType::end, &C::on_put_end},
        {ServiceId::echo, Phase::waiting, FrameType::response, &C::on_whole_response},
        {ServiceId::echo, Phase::receiving, FrameType::end, &C::on_whole_end},
        {ServiceId::status, Phase::waiting, FrameType::response, &C::on_whole_response},
        {ServiceId::status, Phase::receiving, FrameType::end, &C::on_whole_end},
        {ServiceId::make_folder, Phase::waiting, FrameType::response, &C::on_whole_response},
        {ServiceId::make_folder, Phase::receiving, FrameType::end, &C::on_whole_end},
        {ServiceId::rename, Phase::waiting, FrameType::response, &C::on_whole_response},
        {ServiceId::rename, Phase::receiving, FrameType::end, &C::on_whole_end},
        {ServiceId::remove, Phase::waiting, FrameType::response, &C::on_whole_response},
        {ServiceId::remove, Phase::receiving, FrameType::end, &C::on_whole_end},
    }};
    for (const auto& rule : kRules)
        if (rule.service == exchange.service && rule.phase == exchange.phase && rule.type == type)
            return &rule;
    return nullptr;
}

ClientConnection::Step ClientConnection::take(const FramePiece& piece) {
    const bool first = !std::exchange(heard_first_, true);
    if (piece.header.type == FrameType::hello) return take_hello(piece, first && said_hello_);
    if (first) uploads_.use_no_streams();
    if (piece.header.type == FrameType::credit) return take_credit(piece);
    if (piece.header.id == kConnectionId) return take_connection_frame(piece);
    const auto found = open_.find(piece.header.id);
    if (found == open_.end())
        return protocol_error("an answer came for request " +
                              std::to_string(piece.header.id.value()) + ", which is not open");
    if (piece.header.type == FrameType::error) return on_error(found->second, piece);
    if (auto fine = count_data(piece); !fine) return std::move(fine).error();
    auto step = take_answer(found->second, piece);
    // What its owner was given is used up when the owner says so.
    const bool given = step && *step && gives_bytes(**step);
    if (piece.header.type == FrameType::data && !given)
        windows_.consumed(piece.header.id, piece.body.size());
    return step;
}

// A server that knows HELLO says it first; one that does not has skipped ours.
ClientConnection::Step ClientConnection::take_hello(const FramePiece& piece, bool expected) {
    if (!expected) return protocol_error("a HELLO came that was not expected");
    auto theirs = Hello::decode(piece.body);
    if (!theirs) return std::move(theirs).error();
    auto agreed = agree(client_hello(), *theirs);
    if (!agreed) return std::move(agreed).error();
    streams_ = agreed->streams;
    if (streams_)
        uploads_.use_streams(*agreed);
    else
        uploads_.use_no_streams();
    return std::optional<ClientEvent>();
}

ClientConnection::Step ClientConnection::take_credit(const FramePiece& piece) {
    if (!streams_)
        return make_error(ErrorCode::unsupported, "cs", "credit came without streams in use");
    auto limit = decode_credit(piece.body);
    if (!limit) return std::move(limit).error();
    uploads_.add_credit(piece.header.id, *limit);
    return std::optional<ClientEvent>();
}

Result<void> ClientConnection::count_data(const FramePiece& piece) {
    if (!streams_ || piece.header.type != FrameType::data) return {};
    return windows_.received(piece.header.id, piece.body.size(), heard_);
}

ClientConnection::Step ClientConnection::take_answer(Exchange& exchange, const FramePiece& piece) {
    if (exchange.service != piece.header.service)
        return protocol_error("an answer came from another service than was asked");
    const auto* rule = find_rule(exchange, piece.header.type);
    if (rule == nullptr)
        return protocol_error("a frame of type " +
                              std::to_string(static_cast<unsigned>(piece.header.type)) +
                              " came out of order");
    exchange.phase = Phase::receiving;
    return (this->*rule->handle)(exchange, piece);
}

ClientConnection::Step ClientConnection::take_connection_frame(const FramePiece& piece) {
    if (piece.header.type != FrameType::error)
        return protocol_error("an answer came for no request");
    auto message = ErrorMessage::decode(piece.body);
    if (!message) return std::move(message).error();
    return message->to_error({});
}

ClientConnection::Step ClientConnection::on_error(Exchange& exchange, const FramePiece& piece) {
    auto message = ErrorMessage::decode(piece.body);
    if (!message) return std::move(message).error();
    const bool abandoned = exchange.abandoned;
    give_up_upload(piece.header.id);
    end_exchange(piece.header.id);
    if (abandoned) return std::optional<ClientEvent>();
    return std::optional<ClientEvent>(
        RequestFailed{piece.header.id, message->to_error({}), message->detail});
}

ClientConnection::Step ClientConnection::give_up(Exchange& exchange, RequestId id, Error error) {
    if (error.code != ErrorCode::unsupported) return error;
    const bool told = std::exchange(exchange.abandoned, true);
    give_up_upload(id);
    if (told) return std::optional<ClientEvent>();
    return std::optional<ClientEvent>(RequestFailed{id, std::move(error), ErrorDetail::none});
}

ClientConnection::Step ClientConnection::refused_end(RequestId id, Error error) {
    if (error.code != ErrorCode::unsupported) return error;
    return std::optional<ClientEvent>(RequestFailed{id, std::move(error), ErrorDetail::none});
}

ClientConnection::Step ClientConnection::on_file_response(Exchange& exchange,
                                                          const FramePiece& piece) {
    auto response = FileResponse::decode(piece.body);
    if (!response) return give_up(exchange, piece.header.id, std::move(response).error());
    if (exchange.offset > response->size)
        return protocol_error("the server answers with a range that the file does not have");
    exchange.size = std::min(exchange.size, response->size - exchange.offset);
    exchange.check = response->check;
    if (!is_file_check(response->check))
        return give_up(exchange, piece.header.id,
                       make_error(ErrorCode::unsupported, "cs",
                                  "the server checks files in a way this client does not know"));
    if (exchange.abandoned) return std::optional<ClientEvent>();
    return std::optional<ClientEvent>(FileBegan{piece.header.id, *response});
}

ClientConnection::Step ClientConnection::on_file_data(Exchange& exchange, const FramePiece& piece) {
    const auto offset = exchange.received;
    if (piece.body.size() > exchange.size - offset && !exchange.abandoned)
        return protocol_error("the server sends more bytes than the file has");
    exchange.received += piece.body.size();
    if (exchange.abandoned || piece.body.empty()) return std::optional<ClientEvent>();
    return std::optional<ClientEvent>(
        FileBytes{piece.header.id, exchange.offset + offset, piece.body});
}

ClientConnection::Step ClientConnection::on_file_piece(Exchange& exchange,
                                                       const FramePiece& piece) {
    auto message = PieceMessage::decode(piece.body);
    if (!message) return std::move(message).error();
    if (message->offset < exchange.offset || message->offset - exchange.offset >= exchange.size)
        return protocol_error("the server tells of a piece that was not asked for");
    if (exchange.abandoned) return std::optional<ClientEvent>();
    return std::optional<ClientEvent>(FilePiece{piece.header.id, std::move(*message)});
}

ClientConnection::Step ClientConnection::on_file_end(Exchange& exchange, const FramePiece& piece) {
    auto end = FileEnd::decode(piece.body);
    const bool abandoned = exchange.abandoned;
    const Exchange was = exchange;
    end_exchange(piece.header.id);
    if (abandoned) return std::optional<ClientEvent>();
    if (!end) return refused_end(piece.header.id, std::move(end).error());
    if (was.received != was.size || end->total != was.size)
        return protocol_error("the file ended after " + std::to_string(was.received) + " of " +
                              std::to_string(was.size) + " bytes");
    if (end->check.algorithm != was.check)
        return protocol_error("the end of the file lacks the check that was promised");
    return std::optional<ClientEvent>(FileEnded{piece.header.id, std::move(*end)});
}

ClientConnection::Step ClientConnection::on_hash_response(Exchange& exchange,
                                                          const FramePiece& piece) {
    auto response = FileResponse::decode(piece.body);
    if (!response) return give_up(exchange, piece.header.id, std::move(response).error());
    exchange.size = exchange.received = response->size;  // no bytes of it will come
    exchange.check = response->check;
    if (exchange.abandoned) return std::optional<ClientEvent>();
    return std::optional<ClientEvent>(FileBegan{piece.header.id, *response});
}

ClientConnection::Step ClientConnection::on_hash_data(Exchange& exchange, const FramePiece& piece) {
    auto bytes = decode_hashed(piece.body);
    if (!bytes) return std::move(bytes).error();
    if (*bytes > exchange.size) return protocol_error("the server hashed more than the file has");
    if (exchange.abandoned) return std::optional<ClientEvent>();
    return std::optional<ClientEvent>(Hashed{piece.header.id, *bytes});
}

ClientConnection::Step ClientConnection::on_empty_response(Exchange& exchange,
                                                           const FramePiece& piece) {
    auto fields = Fields::decode(piece.body, {});
    if (!fields) return give_up(exchange, piece.header.id, std::move(fields).error());
    return std::optional<ClientEvent>();
}

ClientConnection::Step ClientConnection::on_watch_response(Exchange& exchange,
                                                           const FramePiece& piece) {
    auto step = on_empty_response(exchange, piece);
    if (!step || *step || exchange.abandoned) return step;
    return std::optional<ClientEvent>(ListingPart{piece.header.id, {}, 0});
}

ClientConnection::Step ClientConnection::on_listing_data(Exchange& exchange,
                                                         const FramePiece& piece) {
    if (exchange.abandoned) return std::optional<ClientEvent>();
    auto entries = decode_entries(piece.body);
    if (!entries) return give_up(exchange, piece.header.id, std::move(entries).error());
    exchange.received += entries->size();
    if (entries->empty()) return std::optional<ClientEvent>();
    return std::optional<ClientEvent>(
        ListingPart{piece.header.id, std::move(*entries), piece.body.size()});
}

ClientConnection::Step ClientConnection::on_listing_end(Exchange& exchange,
                                                        const FramePiece& piece) {
    auto end = ListingEnd::decode(piece.body);
    const Exchange was = exchange;
    end_exchange(piece.header.id);
    if (was.abandoned) return std::optional<ClientEvent>();
    if (!end) return refused_end(piece.header.id, std::move(end).error());
    if (end->total != was.received)
        return protocol_error("the listing ended after " + std::to_string(was.received) + " of " +
                              std::to_string(end->total) + " entries");
    return std::optional<ClientEvent>(ListingEnded{piece.header.id, *end});
}

ClientConnection::Step ClientConnection::on_whole_response(Exchange& exchange,
                                                           const FramePiece& piece) {
    if (exchange.abandoned) return std::optional<ClientEvent>();
    return std::optional<ClientEvent>(
        Answered{piece.header.id, Bytes(piece.body.begin(), piece.body.end())});
}

ClientConnection::Step ClientConnection::on_put_end(Exchange& exchange, const FramePiece& piece) {
    if (uploads_.sending(piece.header.id))
        return protocol_error("the server stored a file that it does not have");
    const bool abandoned = exchange.abandoned;
    end_exchange(piece.header.id);
    if (abandoned) return std::optional<ClientEvent>();
    return std::optional<ClientEvent>(Answered{piece.header.id, {}});
}

ClientConnection::Step ClientConnection::on_whole_end(Exchange&, const FramePiece& piece) {
    end_exchange(piece.header.id);
    return std::optional<ClientEvent>();
}

}  // namespace gantry::cs
