// Bytes from a peer, cut in two ways, through both roles of the frame decoder and both ends of a
// connection. The first byte says where to cut.
#include <cs/core/client_connection.h>
#include <cs/core/listing_page.h>
#include <cs/core/server_connection.h>
#include <cs/wire/hello.h>

#include <gantry/storage/glob.h>

#include <cstdint>
#include <cstdlib>
#include <string>

using namespace gantry;
using namespace gantry::cs;

namespace {

void require(bool fine) {
    if (!fine) std::abort();
}

// What a client's pattern and cursor come to.
void match(const ListingRequest& request) {
    require(ListingRequest::decode(request.encode()).value() == request);
    (void)read_cursor(request.cursor);
    if (const auto glob = Glob::parse(request.glob); glob) (void)glob->matches(request.path);
}

void decode_body(const FramePiece& piece) {
    (void)FileRequest::decode(piece.body);
    (void)FileResponse::decode(piece.body);
    (void)FileEnd::decode(piece.body);
    if (const auto list = ListingRequest::decode(piece.body); list) match(*list);
    if (const auto ask = SealedAsk::decode(piece.body); ask)
        require(SealedAsk::decode(with_proof(ask->request.encode(), ask->proof)).value().request ==
                ask->request);
    if (const auto proven = ProvenBody::split(piece.body); proven)
        (void)SealedResponse::decode(proven->fields);
    (void)ListingEnd::decode(piece.body);
    (void)ErrorMessage::decode(piece.body);
    (void)HashRequest::decode(piece.body);
    (void)RenameRequest::decode(piece.body);
    (void)StatusResponse::decode(piece.body);
    (void)decode_credit(piece.body);
    if (const auto hello = Hello::decode(piece.body); hello)
        require(Hello::decode(hello->encode()).value() == *hello);
    if (const auto put = PutRequest::decode(piece.body); put)
        require(PutRequest::decode(put->encode()).value() == *put);
    auto entries = decode_entries(piece.body);
    if (!entries) return;
    Bytes again;
    for (const auto& entry : *entries) entry.append_to(again);
    require(decode_entries(again).value() == *entries);
}

// Everything the decoder says about the bytes, as one text that must not depend on the cut.
std::string decode(Role role, ByteView bytes, std::size_t step) {
    FrameDecoder decoder(role);
    std::string seen;
    while (!bytes.empty()) {
        const auto part = bytes.first(std::min(step, bytes.size()));
        bytes = bytes.subspan(part.size());
        decoder.feed(part);
        while (true) {
            auto piece = decoder.next();
            if (!piece) return seen + describe(piece.error());
            if (!*piece) break;
            decode_body(**piece);
            seen += as_text((*piece)->body);
            if ((*piece)->last) seen += std::to_string((*piece)->header.length) + "|";
        }
    }
    return seen;
}

// What has come of it so far decides what becomes of it.
void store(ServerConnection& server, RequestId id) {
    server.begin_put(id);
    const auto part = server.fetch_upload(id);
    if (part.end && *part.end)
        server.finish_put(id);
    else
        server.refuse(id, make_error(ErrorCode::no_space, "cs", "no"));
}

// Sends a file, so that credit has a meaning.
void send(ServerConnection& server, const FileWanted& wanted) {
    if (wanted.request.path.empty())
        return server.refuse(wanted.id, make_error(ErrorCode::not_found, "cs", "no"));
    const std::uint64_t size = 400'000;
    server.begin_file(wanted.id, {size, {}, {}}, {0, size});
    server.finish_file(wanted.id, {size, {}});
}

void serve(ByteView bytes, std::size_t step) {
    const TimePoint now{};
    ServerConnection server({}, now);
    std::byte buffer[64];
    while (!bytes.empty()) {
        const auto part = bytes.first(std::min(step, bytes.size()));
        bytes = bytes.subspan(part.size());
        server.receive(part, now);
        while (auto event = server.poll_event(now)) {
            if (auto* file = std::get_if<FileWanted>(&*event)) send(server, *file);
            if (auto* put = std::get_if<PutWanted>(&*event)) store(server, put->id);
            if (auto* listing = std::get_if<ListingWanted>(&*event))
                server.finish_listing(listing->id, {});
        }
        while (!server.poll_transmit(buffer, now).empty()) {
        }
    }
}

void ask(ByteView bytes, std::size_t step, bool hello) {
    const TimePoint now{};
    ClientConnection client;
    std::byte buffer[64];
    if (hello) client.say_hello();
    (void)client.request(FileRequest{"a", CheckAlgorithm::crc32c}, now);
    (void)client.request(ListingRequest{"", true}, now);
    (void)client.echo({}, now);
    const auto put = client.request(PutRequest{"a", 1, {}, false}, now);
    client.send_upload(*put, std::as_bytes(std::span("x", 1)));
    client.end_upload(*put, {1, {}});
    while (!bytes.empty()) {
        const auto part = bytes.first(std::min(step, bytes.size()));
        bytes = bytes.subspan(part.size());
        client.receive(part, now);
        while (auto event = client.poll_event())
            if (auto* data = std::get_if<FileBytes>(&*event))
                client.consumed(data->id, data->bytes.size());
        while (!client.poll_transmit(buffer, now).empty()) {
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::size_t step = 1 + data[0];
    const auto bytes = std::as_bytes(std::span(data + 1, size - 1));
    for (const auto role : {Role::server, Role::client})
        require(decode(role, bytes, step) == decode(role, bytes, size));
    serve(bytes, step);
    ask(bytes, step, false);
    ask(bytes, step, true);
    return 0;
}
