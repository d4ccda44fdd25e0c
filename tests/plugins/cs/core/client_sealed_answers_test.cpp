#include "sealed_fixture.h"

#include <cppunit/extensions/HelperMacros.h>
#include <cs/core/client_connection.h>
#include <cs/core/server_connection.h>

#include <set>

using namespace gantry;
using namespace gantry::cs;

// Both ends of a connection that carries an encrypted file.
class ClientSealedAnswersTest : public SealedFixture {
    CPPUNIT_TEST_SUITE(ClientSealedAnswersTest);
    CPPUNIT_TEST(a_connection_carries_it);
    CPPUNIT_TEST(a_bit_that_flips_in_any_byte_of_the_answer_is_noticed);
    CPPUNIT_TEST(a_bit_that_flips_in_any_byte_of_the_request_is_noticed);
    CPPUNIT_TEST(a_connection_that_nothing_secures_may_ask_for_encrypted_files_alone);
    CPPUNIT_TEST_SUITE_END();

    // What a server sends for a request, "hello..." sealed.
    static Bytes serve(ByteView request, ServerConnection& server) {
        server.receive(request, at(0s));
        const auto event = server.poll_event(at(0s));
        const auto* asked = event ? std::get_if<SealedWanted>(&*event) : nullptr;
        std::unique_ptr<SealedAnswer> answer;
        Bytes chunks(sealed_size(kText), std::byte{'h'});
        if (asked != nullptr) {
            const auto key = ring().admit(asked->request);
            if (!key) {
                server.refuse(asked->id, key.error());
            } else {
                answer =
                    SealedAnswer::begin(*key, asked->request, found(), SealCrypto::random(2), kText)
                        .value();
                server.begin_sealed(asked->id, answer->response_body(), chunks.size());
                CPPUNIT_ASSERT(answer->chunks().seal(chunks).ok());
                server.tell_sealed_piece(asked->id, answer->seal_piece(piece(0)).value());
                server.offer_file(asked->id, chunks.size());
                server.finish_sealed(asked->id, answer->seal_end(end()).value());
            }
        }
        Bytes all;
        Bytes buffer(4096);
        while (true) {
            const auto part = server.poll_transmit(buffer, at(0s));
            if (part.empty()) break;
            all.insert(all.end(), buffer.begin(),
                       buffer.begin() + static_cast<std::ptrdiff_t>(part.bytes));
            if (!part.file) continue;
            const auto from = chunks.begin() + static_cast<std::ptrdiff_t>(part.file->offset);
            all.insert(all.end(), from, from + static_cast<std::ptrdiff_t>(part.file->count));
        }
        return all;
    }
    struct Outcome {
        std::string content;
        bool whole = false;  // its end came
        bool piece = false;
        std::optional<ErrorCode> failed;
    };
    static Outcome receive(ClientConnection& client, Bytes bytes) {
        Outcome out;
        std::shared_ptr<ChunkOpener> opener;
        client.receive(bytes, at(0s));
        while (auto event = client.poll_event()) {
            if (auto* began = std::get_if<FileBegan>(&*event)) opener = began->opener;
            if (std::holds_alternative<FilePiece>(*event)) out.piece = true;
            if (std::holds_alternative<FileEnded>(*event)) out.whole = true;
            if (auto* failed = std::get_if<RequestFailed>(&*event)) out.failed = failed->error.code;
            if (auto* failed = std::get_if<ClientFailed>(&*event)) out.failed = failed->error.code;
            if (auto* data = std::get_if<FileBytes>(&*event)) {
                Bytes copy(data->bytes.begin(), data->bytes.end());
                const auto texts = opener->feed(copy);
                if (!texts) out.failed = texts.error().code;
                if (texts)
                    for (const auto view : *texts) out.content += as_text(view);
            }
        }
        return out;
    }
    static std::set<std::size_t> header_places(const Bytes& frames) {
        std::set<std::size_t> out;
        for (std::size_t from = 0; from < frames.size();) {
            for (std::size_t i = 0; i < FrameHeader::kSize; ++i) out.insert(from + i);
            from += FrameHeader::decode(ByteView(frames).subspan(from)).value().length;
        }
        return out;
    }
    static Bytes request_of(ClientConnection& client) {
        CPPUNIT_ASSERT(client.request(ask(), at(0s)).ok());
        Bytes out(4096);
        out.resize(client.poll_transmit(out, at(0s)).bytes);
        return out;
    }

  public:
    void a_connection_carries_it() {
        ServerConnection server({}, at(0s));
        ClientConnection client;
        const auto outcome = receive(client, serve(request_of(client), server));
        CPPUNIT_ASSERT(outcome.whole && outcome.piece && !outcome.failed);
        CPPUNIT_ASSERT_EQUAL(std::string(kText, 'h'), outcome.content);
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, client.open_requests());
    }
    // In a body always. A header can change so that the frame means nothing, but never so that what
    // the others bring is taken for something else.
    void a_bit_that_flips_in_any_byte_of_the_answer_is_noticed() {
        ServerConnection server({}, at(0s));
        ClientConnection first;
        const auto good = serve(request_of(first), server);
        const auto headers = header_places(good);
        for (std::size_t place = 0; place < good.size(); ++place) {
            ClientConnection client;
            (void)request_of(client);
            auto bad = good;
            bad[place] ^= static_cast<std::byte>(1U << (place % 8));
            const auto outcome = receive(client, std::move(bad));
            const auto& content = outcome.content;
            CPPUNIT_ASSERT(content.empty() || content == std::string(kText, 'h'));
            if (!headers.contains(place) || content.empty())
                CPPUNIT_ASSERT_MESSAGE(std::to_string(place), !outcome.whole || outcome.failed);
        }
    }
    void a_bit_that_flips_in_any_byte_of_the_request_is_noticed() {
        ClientConnection first;
        const auto good = request_of(first);
        for (std::size_t place = 0; place < good.size(); ++place) {
            ServerConnection server({}, at(0s));
            ClientConnection client;
            auto bad = request_of(client);
            bad[place] ^= static_cast<std::byte>(1U << (place % 8));
            const auto outcome = receive(client, serve(bad, server));
            CPPUNIT_ASSERT_MESSAGE(std::to_string(place),
                                   !outcome.whole && outcome.content.empty());
        }
    }
    void a_connection_that_nothing_secures_may_ask_for_encrypted_files_alone() {
        ServerConnection server({}, at(0s), Offered::encrypted_files);
        ClientConnection client;
        CPPUNIT_ASSERT(receive(client, serve(request_of(client), server)).whole);
        CPPUNIT_ASSERT(client.request(wanted(), at(0s)).ok());
        CPPUNIT_ASSERT(client.echo(text("x"), at(0s)).ok());
        Bytes asked(4096);
        asked.resize(client.poll_transmit(asked, at(0s)).bytes);
        const auto answered = serve(asked, server);
        client.receive(answered, at(0s));
        const auto refused = client.poll_event();
        CPPUNIT_ASSERT(std::get<RequestFailed>(refused.value()).error.code == ErrorCode::security);
        CPPUNIT_ASSERT(std::holds_alternative<Answered>(client.poll_event().value()));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ClientSealedAnswersTest);
