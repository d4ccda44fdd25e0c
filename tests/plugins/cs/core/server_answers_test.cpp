#include "core_bytes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <cs/core/server_connection.h>

using namespace gantry;
using namespace gantry::cs;

// What a server's connection makes of the answers that its owner gives; those of files are in
// server_connection_test.cpp.
class ServerAnswersTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ServerAnswersTest);
    CPPUNIT_TEST(hands_out_an_action_and_answers_it_whole);
    CPPUNIT_TEST(streams_a_listing_in_whole_entries);
    CPPUNIT_TEST(wants_no_entries_while_too_much_waits);
    CPPUNIT_TEST_SUITE_END();

    std::optional<ServerConnection> server_;

    std::string sent() {
        std::string out;
        Bytes buffer(1000);
        while (const auto count = server_->poll_transmit(buffer, at(0s)).bytes) {
            out += as_text(ByteView(buffer).first(count));
            server_->on_sent(count, at(0s));
        }
        return out;
    }
    std::optional<ServerEvent> event() { return server_->poll_event(at(0s)); }
    void receive(const Bytes& bytes) { server_->receive(bytes, at(0s)); }
    static std::string frames(std::initializer_list<Bytes> all) {
        return std::string(as_text(join(all)));
    }

  public:
    void setUp() override { server_.emplace(limits::ServerTimes{}, at(0s)); }
    void hands_out_an_action_and_answers_it_whole() {
        const RenameRequest rename{"a", "b", false};
        receive(frame(FrameType::request, ServiceId::rename, 1, rename.encode()));
        receive(file_request(2, "next"));
        const auto next = event();
        CPPUNIT_ASSERT(next && std::holds_alternative<ActionWanted>(*next));
        CPPUNIT_ASSERT(ActionRequest(rename) == std::get<ActionWanted>(*next).request);
        CPPUNIT_ASSERT(!event());
        server_->finish_action(RequestId(2), {});  // not the open one
        CPPUNIT_ASSERT(sent().empty());
        server_->finish_action(RequestId(1), text("body"));
        CPPUNIT_ASSERT_EQUAL(frames({frame(FrameType::response, ServiceId::rename, 1, text("body")),
                                     frame(FrameType::end, ServiceId::rename, 1)}),
                             sent());
        CPPUNIT_ASSERT(std::holds_alternative<FileWanted>(*event()));
    }
    void streams_a_listing_in_whole_entries() {
        receive(listing_request(1, ""));
        CPPUNIT_ASSERT(event());
        const RequestId id(1);
        server_->begin_listing(id);
        (void)sent();
        const ListingEntry entry{EntryType::file, 3, 4, std::string(4000, 'n')};
        const std::vector<ListingEntry> entries(20, entry);
        server_->add_entries(id, entries);
        const auto bytes = sent();
        const auto first = FrameHeader::decode(as_bytes(bytes)).value();
        CPPUNIT_ASSERT(first.length <= FrameHeader::kSize + limits::kEntriesFrame);
        const auto body = as_bytes(bytes).subspan(FrameHeader::kSize, first.body_size());
        const auto read = decode_entries(body).value();
        CPPUNIT_ASSERT(read.size() == 4 && read.front() == entry);
        CPPUNIT_ASSERT_EQUAL(20 * (21 + entry.name.size()) + 5 * FrameHeader::kSize, bytes.size());
    }
    void wants_no_entries_while_too_much_waits() {
        receive(listing_request(1, ""));
        CPPUNIT_ASSERT(event());
        const std::vector<ListingEntry> entries(100, {EntryType::file, 3, 4, "name"});
        std::size_t rounds = 0;
        for (; server_->wants_entries(RequestId(1)); ++rounds)
            server_->add_entries(RequestId(1), entries);
        CPPUNIT_ASSERT(rounds > 10 && rounds < 200);
        (void)sent();
        CPPUNIT_ASSERT(server_->wants_entries(RequestId(1)));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ServerAnswersTest);
