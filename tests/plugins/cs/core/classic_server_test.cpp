#include "core_bytes.h"
#include "flipping_cipher.h"

#include <cppunit/extensions/HelperMacros.h>
#include <cs/core/classic_server.h>
#include <cs/wire/limits.h>

using namespace gantry;
using namespace gantry::cs;

class ClassicServerTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ClassicServerTest);
    CPPUNIT_TEST(sends_a_file_in_packets_of_a_kibibyte);
    CPPUNIT_TEST(an_empty_file_is_its_last_packet);
    CPPUNIT_TEST(sends_only_what_was_offered);
    CPPUNIT_TEST(seals_each_packet_of_service_1);
    CPPUNIT_TEST(cuts_a_catalogue_anywhere);
    CPPUNIT_TEST(wants_no_entries_while_too_much_waits);
    CPPUNIT_TEST(what_is_not_to_be_had_does_not_exist);
    CPPUNIT_TEST(a_name_that_the_wire_does_not_have_does_not_exist);
    CPPUNIT_TEST(a_failure_in_mid_file_drops_the_connection);
    CPPUNIT_TEST(answers_no_other_protocol);
    CPPUNIT_TEST(ignores_a_second_request);
    CPPUNIT_TEST(a_client_that_asks_nothing_is_dropped);
    CPPUNIT_TEST(a_client_that_takes_nothing_is_dropped);
    CPPUNIT_TEST(waits_a_little_for_the_client_to_close);
    CPPUNIT_TEST(drains_what_is_open);
    CPPUNIT_TEST_SUITE_END();

    FlippingCipher cipher_;
    std::optional<ClassicServer> server_;
    static constexpr RequestId kId{9};

    void ask(ClassicService service, const std::string& name) {
        const auto bytes = ClassicRequest{service, 9, name}.encode().value();
        server_->receive(bytes, at(0s));
    }
    // Begins the answer to a file request of that many bytes.
    void begin(ClassicService service, std::uint64_t size) {
        ask(service, "a");
        const auto event = server_->poll_event(at(0s));
        CPPUNIT_ASSERT(event && std::get<FileWanted>(*event).request.path == "a");
        server_->begin_file(kId, {}, {0, size});
    }
    void offer_all(std::uint64_t size) {
        server_->offer_file(kId, size);
        server_->finish_file(kId, {size, {}});
    }
    // Everything it has to send; the file is all 'f'.
    std::string sent(Duration when = 0s, bool taken = true) {
        std::string out;
        Bytes buffer(1000);
        while (true) {
            const auto part = server_->poll_transmit(buffer, at(when));
            if (part.empty()) return out;
            std::string next(as_text(ByteView(buffer).first(part.bytes)));
            if (part.file) {
                CPPUNIT_ASSERT(part.file->packed && part.file->count <= limits::kClassicRange);
                const auto packed =
                    server_->pack(Bytes(part.file->count, std::byte{'f'}), at(when)).value();
                next += as_text(packed);
            }
            if (taken) server_->on_sent(next.size(), at(when));
            out += next;
        }
    }
    static std::string packet(std::uint16_t service, std::string_view data,
                              std::uint16_t error = 0) {
        ClassicHeader header{service, 9};
        header.length = static_cast<std::uint16_t>(12 + data.size());
        header.error = error;
        return std::string(as_text(header.encode())) + std::string(data);
    }

  public:
    void setUp() override { server_.emplace(cipher_, limits::ServerTimes{}, at(0s)); }

    void sends_a_file_in_packets_of_a_kibibyte() {
        for (const std::size_t size : {1U, 1023U, 1024U, 1025U, 2048U, 65536U, 200'000U}) {
            setUp();
            begin(ClassicService::file, size);
            offer_all(size);
            std::string expected;
            for (std::size_t left = size; left > 0; left -= std::min<std::size_t>(left, 1024))
                expected += packet(0, std::string(std::min<std::size_t>(left, 1024), 'f'));
            CPPUNIT_ASSERT(expected + packet(0, "") == sent());
            CPPUNIT_ASSERT(server_->finished() && !server_->over());
            server_->receive_end(at(0s));
            CPPUNIT_ASSERT(server_->over());
        }
    }
    void an_empty_file_is_its_last_packet() {
        begin(ClassicService::file, 0);
        offer_all(0);
        CPPUNIT_ASSERT_EQUAL(packet(0, ""), sent());
    }
    void sends_only_what_was_offered() {
        begin(ClassicService::file, 2000);
        CPPUNIT_ASSERT_EQUAL(std::string(), sent());
        server_->offer_file(kId, 500);
        CPPUNIT_ASSERT_EQUAL(packet(0, std::string(500, 'f')), sent());
        offer_all(2000);
        CPPUNIT_ASSERT_EQUAL(
            packet(0, std::string(1024, 'f')) + packet(0, std::string(476, 'f')) + packet(0, ""),
            sent());
    }
    void seals_each_packet_of_service_1() {
        begin(ClassicService::encrypted_file, 1040);
        offer_all(1040);
        const std::string flipped(1, static_cast<char>(~'f'));
        std::string full, rest;
        for (int i = 0; i < 1024; ++i) full += flipped;
        for (int i = 0; i < 16; ++i) rest += flipped;
        const std::string padding(16, '\xFF');
        CPPUNIT_ASSERT(packet(1024, full + padding) + packet(16, rest + padding) + packet(1, "") ==
                       sent());
    }
    void cuts_a_catalogue_anywhere() {
        ask(ClassicService::catalogue, "ignored");
        const auto event = server_->poll_event(at(0s));
        CPPUNIT_ASSERT(event && std::get<ListingWanted>(*event).catalogue);
        std::string text;
        for (int i = 0; i < 300; ++i) {
            const auto name = "sub/" + std::to_string(i);
            const ListingEntry entry{EntryType::file, 0, 0, name};
            server_->add_entries(kId, std::span(&entry, 1));
            text += "./" + name + "\n";
        }
        server_->finish_listing(kId, {});
        std::string expected;
        for (std::size_t from = 0; from < text.size(); from += 1024)
            expected += packet(2, text.substr(from, 1024));
        CPPUNIT_ASSERT(text.size() > 2048);
        CPPUNIT_ASSERT_EQUAL(expected + packet(2, ""), sent());
    }
    void wants_no_entries_while_too_much_waits() {
        ask(ClassicService::catalogue, "");
        const std::vector<ListingEntry> entries(256,
                                                {EntryType::file, 0, 0, std::string(200, 'n')});
        int steps = 0;
        for (; server_->wants_entries(kId) && steps < 100; ++steps)
            server_->add_entries(kId, entries);
        CPPUNIT_ASSERT_EQUAL(6, steps);  // of 51,968 bytes each
        (void)sent();
        CPPUNIT_ASSERT(server_->wants_entries(kId));
    }
    void what_is_not_to_be_had_does_not_exist() {
        for (const auto code : {ErrorCode::not_found, ErrorCode::denied, ErrorCode::other}) {
            setUp();
            ask(ClassicService::file, "../a");
            server_->refuse(kId, make_error(code, "test", "secret"));
            CPPUNIT_ASSERT_EQUAL(packet(0, "", 1), sent());
        }
        setUp();
        ask(static_cast<ClassicService>(7), "a");
        CPPUNIT_ASSERT(!server_->poll_event(at(0s)));
        CPPUNIT_ASSERT_EQUAL(packet(7, "", 1), sent());
    }
    void a_name_that_the_wire_does_not_have_does_not_exist() {
        for (const auto name : {std::string_view("\xFF"), std::string_view("a\0b", 3)}) {
            setUp();
            auto bytes = ClassicRequest{ClassicService::file, 9, ""}.encode().value();
            std::copy(as_bytes(name).begin(), as_bytes(name).end(), bytes.begin() + 8);
            server_->receive(bytes, at(0s));
            CPPUNIT_ASSERT(!server_->poll_event(at(0s)));
            CPPUNIT_ASSERT_EQUAL(packet(0, "", 1), sent());
        }
    }
    void a_failure_in_mid_file_drops_the_connection() {
        begin(ClassicService::file, 2000);
        server_->offer_file(kId, 1000);
        CPPUNIT_ASSERT(!sent().empty());
        server_->refuse(kId, make_error(ErrorCode::source_changed, "test", "changed"));
        CPPUNIT_ASSERT_EQUAL(std::string(), sent());
        CPPUNIT_ASSERT(server_->over() && !server_->finished());
    }
    void answers_no_other_protocol() {
        server_->receive(text("GET / HTTP/1.1\r\n"), at(0s));
        CPPUNIT_ASSERT(server_->over());
        CPPUNIT_ASSERT_EQUAL(std::string(), sent());
    }
    void ignores_a_second_request() {
        begin(ClassicService::file, 0);
        ask(ClassicService::file, "b");
        CPPUNIT_ASSERT(!server_->poll_event(at(0s)));
        server_->refuse(RequestId(1), make_error(ErrorCode::not_found, "test", "late"));
        offer_all(0);
        CPPUNIT_ASSERT_EQUAL(packet(0, ""), sent());
    }
    void a_client_that_asks_nothing_is_dropped() {
        server_->receive(Bytes(100), at(9s));
        CPPUNIT_ASSERT(server_->over());  // version 0
        setUp();
        server_->receive(text(std::string_view("\0\0\0\0\0\1", 6)), at(9s));
        CPPUNIT_ASSERT(*server_->next_timeout() == at(10s));
        server_->on_timeout(at(10s));
        CPPUNIT_ASSERT(server_->over());
        setUp();
        server_->receive_end(at(1s));
        CPPUNIT_ASSERT(server_->over());
    }
    void a_client_that_takes_nothing_is_dropped() {
        begin(ClassicService::file, 100'000);
        offer_all(100'000);
        CPPUNIT_ASSERT(!sent(1s, false).empty());
        CPPUNIT_ASSERT(!server_->finished());
        server_->on_timeout(*server_->next_timeout());
        CPPUNIT_ASSERT(server_->over());
    }
    void waits_a_little_for_the_client_to_close() {
        begin(ClassicService::file, 0);
        offer_all(0);
        (void)sent(1s);
        CPPUNIT_ASSERT(*server_->next_timeout() == at(3s));
        server_->on_timeout(at(3s));
        CPPUNIT_ASSERT(server_->over());
    }
    void drains_what_is_open() {
        server_->drain(at(0s));
        CPPUNIT_ASSERT(server_->over());
        setUp();
        begin(ClassicService::file, 10);
        server_->drain(at(0s));
        CPPUNIT_ASSERT(!server_->over() && server_->answering(kId));
        offer_all(10);
        CPPUNIT_ASSERT_EQUAL(packet(0, "ffffffffff") + packet(0, ""), sent());
        CPPUNIT_ASSERT(server_->finished());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ClassicServerTest);
