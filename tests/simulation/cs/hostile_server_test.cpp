#include "fake_server.h"

#include <cppunit/extensions/HelperMacros.h>
#include <cs/wire/limits.h>

using namespace gantry;
using namespace gantry::cs;
using namespace gantry::cs::testing;

// Servers that break the protocol, lie or die. The client says what is wrong, and nothing is left
// on its disk.
class HostileServerTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(HostileServerTest);
    CPPUNIT_TEST(a_frame_longer_than_the_limit);
    CPPUNIT_TEST(frames_out_of_order);
    CPPUNIT_TEST(bytes_of_another_protocol);
    CPPUNIT_TEST(an_answer_to_nothing);
    CPPUNIT_TEST(more_bytes_than_the_file_has);
    CPPUNIT_TEST(a_check_that_does_not_fit);
    CPPUNIT_TEST(death_in_the_middle_of_a_file);
    CPPUNIT_TEST(an_end_that_comes_too_early);
    CPPUNIT_TEST(silence);
    CPPUNIT_TEST(a_newer_version);
    CPPUNIT_TEST(names_that_lead_out_of_the_folder);
    CPPUNIT_TEST(a_listing_without_end);
    CPPUNIT_TEST(a_refusal_of_the_whole_connection);
    CPPUNIT_TEST_SUITE_END();

    const std::uint64_t kSeeds = seeds(8);

    static Bytes response(std::uint64_t size) {
        return file_frame(FrameType::response, 1,
                          FileResponse{size, {}, CheckAlgorithm::crc32c}.encode());
    }
    static Bytes data(std::string_view text) {
        return file_frame(FrameType::data, 1, bytes_of(text));
    }
    static Bytes end(std::uint64_t total) {
        return file_frame(FrameType::end, 1,
                          FileEnd{total, {CheckAlgorithm::crc32c, Bytes(4)}}.encode());
    }
    static Bytes error(std::uint32_t id, std::uint8_t version, const ErrorMessage& message) {
        auto bytes = file_frame(FrameType::error, id, message.encode());
        bytes[2] = std::byte{version};
        return bytes;
    }
    static Bytes listing(const std::string& name) {
        const auto frame = [](FrameType type, const Bytes& body) {
            return make_frame(type, ServiceId::listing, RequestId(1), body);
        };
        Bytes entry;
        ListingEntry{EntryType::file, 1, 0, name}.append_to(entry);
        return frame(FrameType::response, {}) + frame(FrameType::data, entry) +
               frame(FrameType::end, ListingEnd{1, 0}.encode());
    }
    // What a get of "a" (or of a folder) comes to, over many ways to split the bytes.
    void expect(ErrorCode code, const Bytes& script, bool folder = false,
                FakeServer::After after = FakeServer::After::hold) {
        for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
            CsWorld world(seed);
            const FakeServer server(world, script, after);
            const auto result = world.get("a", folder);
            CPPUNIT_ASSERT(result.error.has_value());
            CPPUNIT_ASSERT_EQUAL(std::string(error_name(code)),
                                 std::string(error_name(result.error->code)));
            CPPUNIT_ASSERT(world.client_files.all_names().empty());
            CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, world.client_files.used());
        }
    }

  public:
    void a_frame_longer_than_the_limit() {
        const auto head =
            make_header(FrameType::data, ServiceId::file, RequestId(1), limits::kMaxDataBody + 1)
                .encode();
        expect(ErrorCode::protocol, response(9'000'000) + Bytes(head.begin(), head.end()));
    }
    void frames_out_of_order() {
        expect(ErrorCode::protocol, data("early"));
        expect(ErrorCode::protocol, response(3) + data("abc") + response(3));
    }
    void bytes_of_another_protocol() {
        expect(ErrorCode::protocol, bytes_of("HTTP/1.1 400 Bad Request\r\n\r\n"));
    }
    void an_answer_to_nothing() {
        expect(ErrorCode::protocol, file_frame(FrameType::response, 7, FileResponse{}.encode()));
    }
    void more_bytes_than_the_file_has() { expect(ErrorCode::protocol, response(3) + data("four")); }
    void a_check_that_does_not_fit() {
        expect(ErrorCode::integrity, response(3) + data("abc") + end(3));
    }
    void death_in_the_middle_of_a_file() {
        expect(ErrorCode::network, response(3'000'000) + data(content(100'000)), false,
               FakeServer::After::close);
    }
    void an_end_that_comes_too_early() {
        expect(ErrorCode::protocol, response(3) + data("ab") + end(3));
    }
    void silence() { expect(ErrorCode::timeout, {}); }
    void a_newer_version() {
        expect(ErrorCode::unsupported,
               error(0, 9, {ErrorCode::unsupported, {}, "speak version 9"}));
    }
    void names_that_lead_out_of_the_folder() {
        for (const auto* name : {"../x", "/etc/passwd", "a/../../x", "..", "."})
            expect(ErrorCode::denied, listing(name), true);
        expect(ErrorCode::denied, listing(std::string("a\0b", 3)), true);
        expect(ErrorCode::denied, listing(std::string(300, 'n')), true);
    }
    void a_listing_without_end() {
        ListingCollector* raw = nullptr;
        std::optional<Result<CollectedListing>> outcome;
        ListingCollector collector(
            [&](Result<CollectedListing> result) { outcome = std::move(result); }, 10);
        raw = &collector;
        for (int i = 0; i < 5; ++i)
            raw->entries(std::vector<ListingEntry>(3, {EntryType::file, 1, 0, "x"}));
        raw->listing_ended({15, 0});
        CPPUNIT_ASSERT(outcome && !*outcome);
        CPPUNIT_ASSERT(outcome->error().code == ErrorCode::limit);
    }
    void a_refusal_of_the_whole_connection() {
        expect(ErrorCode::busy, error(0, 1, {ErrorCode::busy, {}, "come back later"}));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(HostileServerTest);
