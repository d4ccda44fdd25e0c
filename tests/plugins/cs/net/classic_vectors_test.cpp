#include <cppunit/extensions/HelperMacros.h>
#include <cs/core/classic_client.h>
#include <cs/core/classic_server.h>
#include <cs/net/classic_cipher.h>
#include <cs/wire/classic_catalogue.h>
#include <support/vectors.h>

using namespace gantry;
using namespace gantry::cs;
using gantry::testing::VectorCase;

// What the original server and its clients said to each other, again, in both roles.
class ClassicVectorsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ClassicVectorsTest);
    CPPUNIT_TEST(the_server_answers_as_the_original);
    CPPUNIT_TEST(the_client_asks_as_the_original_was_asked);
    CPPUNIT_TEST(the_client_understands_the_original);
    CPPUNIT_TEST_SUITE_END();

    const std::vector<VectorCase> cases_ =
        gantry::testing::read_vectors("classic-cs/exchanges.txt");
    ClassicCipher cipher_;

    static Bytes request_of(const VectorCase& c) {
        auto bytes = c.bytes("request");
        const auto name = c.bytes("name");
        bytes.insert(bytes.end(), name.begin(), name.end());
        bytes.resize(ClassicRequest::kSize);
        return bytes;
    }
    static ClassicRequest decoded(const VectorCase& c) {
        return ClassicRequestDecoder().receive(request_of(c)).value().value();
    }
    static void answer(ClassicServer& server, const VectorCase& c) {
        const auto event = server.poll_event({});
        CPPUNIT_ASSERT(event.has_value());
        const auto content = c.bytes("content");
        if (const auto* listing = std::get_if<ListingWanted>(&*event)) {
            ClassicCatalogueDecoder lines;
            const auto paths = lines.receive(content).value();
            for (const auto& path : paths) {
                const ListingEntry entry{EntryType::file, 0, 0, path};
                server.add_entries(listing->id, std::span(&entry, 1));
            }
            return server.finish_listing(listing->id, {});
        }
        const auto& file = std::get<FileWanted>(*event);
        CPPUNIT_ASSERT(as_bytes(file.request.path).size() == c.bytes("name").size());
        if (c.id() == "missing")
            return server.refuse(file.id, make_error(ErrorCode::not_found, "test", "no"));
        server.begin_file(file.id, {}, {0, content.size()});
        server.offer_file(file.id, content.size());
        server.finish_file(file.id, {content.size(), {}});
    }
    static Bytes sent(ClassicServer& server, const VectorCase& c) {
        const auto content = c.bytes("content");
        Bytes out;
        Bytes buffer(100);
        while (true) {
            const auto next = server.poll_transmit(buffer, {});
            if (next.empty()) return out;
            out.insert(out.end(), buffer.begin(),
                       buffer.begin() + static_cast<std::ptrdiff_t>(next.bytes));
            if (!next.file) continue;
            const auto range = ByteView(content).subspan(
                static_cast<std::size_t>(next.file->offset), next.file->count);
            const auto packed = server.pack(range, {}).value();
            out.insert(out.end(), packed.begin(), packed.end());
        }
    }
    // The client's view of these parts of the reply: the bytes, and then how it ended.
    std::string heard(const VectorCase& c, std::span<const ByteView> parts) {
        ClassicClient client(decoded(c), cipher_, {}, {});
        std::string out;
        for (const auto part : parts) {
            client.receive(part, {});
            while (auto event = client.poll_event()) {
                if (const auto* data = std::get_if<ClassicBytes>(&*event))
                    out += as_text(data->bytes);
                else
                    out += std::holds_alternative<ClassicEnded>(*event) ? "$" : "!";
            }
        }
        return out;
    }

  public:
    void the_server_answers_as_the_original() {
        for (const auto& c : cases_) {
            const auto request = request_of(c);
            for (std::size_t split = 0; split <= request.size(); ++split) {
                ClassicServer server(cipher_, {}, {});
                server.receive(ByteView(request).first(split), {});
                server.receive(ByteView(request).subspan(split), {});
                answer(server, c);
                CPPUNIT_ASSERT_MESSAGE(c.id(), c.bytes("reply") == sent(server, c));
                CPPUNIT_ASSERT(!server.answering(RequestId(decoded(c).id)));
            }
            ClassicServer server(cipher_, {}, {});
            for (const auto byte : request) server.receive(std::span(&byte, 1), {});
            answer(server, c);
            CPPUNIT_ASSERT_MESSAGE(c.id(), c.bytes("reply") == sent(server, c));
        }
    }
    void the_client_asks_as_the_original_was_asked() {
        for (const auto& c : cases_) {
            ClassicClient client(decoded(c), cipher_, {}, {});
            Bytes buffer(ClassicRequest::kSize);
            CPPUNIT_ASSERT_EQUAL(buffer.size(), client.poll_transmit(buffer, {}).bytes);
            CPPUNIT_ASSERT_MESSAGE(c.id(), request_of(c) == buffer);
        }
    }
    void the_client_understands_the_original() {
        for (const auto& c : cases_) {
            const auto reply = c.bytes("reply");
            const auto expected =
                std::string(as_text(c.bytes("content"))) + (c.id() == "missing" ? "!" : "$");
            const ByteView view(reply);
            std::vector<ByteView> single;
            for (std::size_t i = 0; i < view.size(); ++i) single.push_back(view.subspan(i, 1));
            CPPUNIT_ASSERT_EQUAL_MESSAGE(c.id(), expected, heard(c, single));
            for (std::size_t split = 0; split <= view.size(); ++split) {
                const std::array parts{view.first(split), view.subspan(split)};
                CPPUNIT_ASSERT_EQUAL_MESSAGE(c.id(), expected, heard(c, parts));
            }
        }
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ClassicVectorsTest);
