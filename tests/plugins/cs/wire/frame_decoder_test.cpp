#include "wire_bytes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <cs/wire/frame_decoder.h>
#include <cs/wire/limits.h>

using namespace gantry;
using namespace gantry::cs;

namespace {

const std::string kRequest = "01c50100 00000001 0000001a 00010005612e747874 8005000101";
const std::string kAnswer =
    "02c50100 00000001 00000029 000300080000000000000005 8004000817a6101701650000 8005000101"
    "03c50100 00000001 00000011 68656c6c6f"
    "04c50100 00000001 00000021 000700080000000000000005 00060005019a71bb4c";

// A frame as it came: type, whole body.
struct Seen {
    int type = 0;
    std::string body;
    bool operator==(const Seen&) const = default;
};

// Feeds `bytes` in steps of `step`, joining the pieces of streamed frames.
std::vector<Seen> read_all(FrameDecoder& decoder, const Bytes& bytes, std::size_t step) {
    std::vector<Seen> seen;
    bool open = false;
    for (std::size_t at = 0; at < bytes.size(); at += step) {
        decoder.feed(ByteView(bytes).subspan(at, std::min(step, bytes.size() - at)));
        while (auto piece = decoder.next().value()) {
            if (!open) seen.push_back({static_cast<int>(piece->header.type), {}});
            seen.back().body += shown(piece->body);
            open = !piece->last;
        }
    }
    return seen;
}

ErrorCode refusal(Role role, const std::string& text) {
    FrameDecoder decoder(role);
    const auto bytes = hex(text);
    decoder.feed(bytes);
    const auto outcome = decoder.next();
    CPPUNIT_ASSERT(!outcome);
    return outcome.error().code;
}

std::string header_text(FrameType type, ServiceId service, std::size_t body) {
    return shown(make_header(type, service, RequestId(1), body).encode());
}

}  // namespace

class FrameDecoderTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(FrameDecoderTest);
    CPPUNIT_TEST(reads_several_frames_at_once);
    CPPUNIT_TEST(reads_frames_in_any_number_of_parts);
    CPPUNIT_TEST(hands_on_file_data_as_it_comes);
    CPPUNIT_TEST(gives_an_empty_data_frame_once);
    CPPUNIT_TEST(does_not_copy_a_frame_that_came_whole);
    CPPUNIT_TEST(refuses_a_frame_longer_than_the_limit);
    CPPUNIT_TEST(takes_a_frame_as_long_as_the_limit);
    CPPUNIT_TEST(refuses_another_version);
    CPPUNIT_TEST(takes_an_error_of_any_version);
    CPPUNIT_TEST(refuses_what_the_role_does_not_take);
    CPPUNIT_TEST(refuses_other_protocols);
    CPPUNIT_TEST(skips_optional_frames_in_any_parts);
    CPPUNIT_TEST(hands_out_a_hello_and_a_credit_to_both_sides);
    CPPUNIT_TEST(stays_failed);
    CPPUNIT_TEST(knows_when_it_is_inside_a_message);
    CPPUNIT_TEST(the_bytes_of_a_put_come_from_the_client_alone);
    CPPUNIT_TEST_SUITE_END();

  public:
    void reads_several_frames_at_once() {
        FrameDecoder decoder(Role::client);
        const auto seen = read_all(decoder, hex(kAnswer), 1000);
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, seen.size());
        CPPUNIT_ASSERT(seen[1] == (Seen{3, "68656c6c6f"}));
        CPPUNIT_ASSERT_EQUAL(4, seen[2].type);
    }
    void reads_frames_in_any_number_of_parts() {
        FrameDecoder whole(Role::client);
        const auto expected = read_all(whole, hex(kAnswer), 1000);
        for (std::size_t step = 1; step < 60; ++step) {
            FrameDecoder decoder(Role::client);
            CPPUNIT_ASSERT(expected == read_all(decoder, hex(kAnswer), step));
        }
    }
    void hands_on_file_data_as_it_comes() {
        FrameDecoder decoder(Role::client);
        const auto head = hex(header_text(FrameType::data, ServiceId::file, 2 * 1024 * 1024));
        decoder.feed(head);
        CPPUNIT_ASSERT(!decoder.next().value());
        const Bytes part(1000);
        decoder.feed(part);
        const auto piece = decoder.next().value();
        CPPUNIT_ASSERT(piece && !piece->last);
        CPPUNIT_ASSERT(piece->body.data() == part.data() && piece->body.size() == 1000);
        CPPUNIT_ASSERT(!decoder.next().value());
    }
    void gives_an_empty_data_frame_once() {
        FrameDecoder decoder(Role::client);
        const auto head = hex(header_text(FrameType::data, ServiceId::file, 0));
        decoder.feed(head);
        const auto piece = decoder.next().value();
        CPPUNIT_ASSERT(piece && piece->last && piece->body.empty());
        CPPUNIT_ASSERT(!decoder.next().value());
    }
    void does_not_copy_a_frame_that_came_whole() {
        FrameDecoder decoder(Role::server);
        const auto bytes = hex(kRequest);
        decoder.feed(bytes);
        CPPUNIT_ASSERT(decoder.next().value()->body.data() == bytes.data() + 12);
    }
    void refuses_a_frame_longer_than_the_limit() {
        const auto code = ErrorCode::protocol;
        const auto body = limits::kMaxBody + 1;
        const auto data = limits::kMaxDataBody + 1;
        CPPUNIT_ASSERT(
            code == refusal(Role::server, header_text(FrameType::request, ServiceId::file, body)));
        CPPUNIT_ASSERT(
            code == refusal(Role::client, header_text(FrameType::data, ServiceId::listing, body)));
        CPPUNIT_ASSERT(code ==
                       refusal(Role::client, header_text(FrameType::data, ServiceId::file, data)));
        CPPUNIT_ASSERT(code == refusal(Role::client, "c8c50100 00000000 ffffffff"));
    }
    void takes_a_frame_as_long_as_the_limit() {
        FrameDecoder decoder(Role::server);
        const Bytes body(limits::kMaxBody, std::byte{7});
        const auto frame = make_frame(FrameType::request, ServiceId::echo, RequestId(1), body);
        const auto seen = read_all(decoder, frame, 1000);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, seen.size());
        CPPUNIT_ASSERT_EQUAL(2 * limits::kMaxBody, seen[0].body.size());
    }
    void refuses_another_version() {
        CPPUNIT_ASSERT(ErrorCode::unsupported ==
                       refusal(Role::server, "01c50200 00000001 0000000c"));
    }
    void takes_an_error_of_any_version() {
        FrameDecoder decoder(Role::client);
        const auto seen = read_all(decoder, hex("05c50900 00000000 00000010 03000003"), 5);
        CPPUNIT_ASSERT(seen == std::vector<Seen>({{5, "03000003"}}));
    }
    void refuses_what_the_role_does_not_take() {
        const auto code = ErrorCode::unsupported;
        CPPUNIT_ASSERT(code == refusal(Role::server, "02c50100 00000001 0000000c"));
        CPPUNIT_ASSERT(code == refusal(Role::server, "03c50100 00000001 0000000c"));
        CPPUNIT_ASSERT(code == refusal(Role::client, "01c50100 00000001 0000000c"));
        CPPUNIT_ASSERT(code == refusal(Role::client, "07c50100 00000001 0000000c"));  // cancel
        CPPUNIT_ASSERT(code == refusal(Role::client, "7fc50100 00000001 0000000c"));
        CPPUNIT_ASSERT(code == refusal(Role::client, "00c50100 00000001 0000000c"));
    }
    void refuses_other_protocols() {
        CPPUNIT_ASSERT(ErrorCode::protocol ==
                       refusal(Role::server, "474554202f20485454502f312e310d0a"));  // GET / HTTP
        CPPUNIT_ASSERT(ErrorCode::protocol ==
                       refusal(Role::server, "0000 0000 0001 0001 612e747874"));  // the older wire
    }
    void skips_optional_frames_in_any_parts() {
        const auto bytes = hex("81c50100 00000000 00000012 aabbccddeeff" + kRequest);
        for (std::size_t step = 1; step < 40; ++step) {
            FrameDecoder decoder(Role::server);
            const auto seen = read_all(decoder, bytes, step);
            CPPUNIT_ASSERT_EQUAL(std::size_t{1}, seen.size());
            CPPUNIT_ASSERT_EQUAL(1, seen[0].type);
        }
    }
    void hands_out_a_hello_and_a_credit_to_both_sides() {
        const auto bytes = hex("80c50100 00000000 0000000e aabb 06c50100 00000000 0000000d cc");
        for (const auto role : {Role::client, Role::server}) {
            FrameDecoder decoder(role);
            const auto seen = read_all(decoder, bytes, 5);
            CPPUNIT_ASSERT(seen == std::vector<Seen>({{128, "aabb"}, {6, "cc"}}));
        }
        const auto long_hello = "80c50100 00000000 0001000d";
        CPPUNIT_ASSERT(refusal(Role::server, long_hello) == ErrorCode::protocol);
    }
    void stays_failed() {
        FrameDecoder decoder(Role::server);
        const auto bad = hex("00000000 00000000 00000000");
        decoder.feed(bad);
        const auto first = decoder.next();
        const auto good = hex(kRequest);
        decoder.feed(good);
        const auto second = decoder.next();
        CPPUNIT_ASSERT(!first && !second && first.error() == second.error());
    }
    void knows_when_it_is_inside_a_message() {
        FrameDecoder decoder(Role::server);
        const auto bytes = hex(kRequest);
        CPPUNIT_ASSERT(!decoder.inside_message());
        for (std::size_t i = 0; i < bytes.size(); ++i) {
            decoder.feed(ByteView(bytes).subspan(i, 1));
            const bool complete = decoder.next().value().has_value();
            CPPUNIT_ASSERT_EQUAL(i + 1 == bytes.size(), complete);
            CPPUNIT_ASSERT_EQUAL(!complete, decoder.inside_message());
        }
    }
    void the_bytes_of_a_put_come_from_the_client_alone() {
        const auto data = hex(header_text(FrameType::data, ServiceId::put, 2) + "6162");
        FrameDecoder decoder(Role::server);
        decoder.feed(ByteView(data).first(13));
        CPPUNIT_ASSERT_EQUAL(std::string("61"), shown(decoder.next().value()->body));
        CPPUNIT_ASSERT(!decoder.inside_message());  // a file may take its time
        const auto end = header_text(FrameType::end, ServiceId::put, 0);
        CPPUNIT_ASSERT(refusal(Role::client, shown(data)) == ErrorCode::unsupported);
        const auto other = header_text(FrameType::end, ServiceId::file, 0);
        CPPUNIT_ASSERT(refusal(Role::server, other) == ErrorCode::unsupported);
        FrameDecoder ends(Role::server);
        const auto bytes = hex(end);
        ends.feed(bytes);
        CPPUNIT_ASSERT(ends.next().value()->header.type == FrameType::end);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(FrameDecoderTest);
