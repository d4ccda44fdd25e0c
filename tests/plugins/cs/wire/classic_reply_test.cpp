#include "wire_bytes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <cs/wire/classic_reply.h>

using namespace gantry;
using namespace gantry::cs;

class ClassicReplyTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ClassicReplyTest);
    CPPUNIT_TEST(looks_as_the_page_says);
    CPPUNIT_TEST(cuts_packets_in_parts_of_every_size);
    CPPUNIT_TEST(takes_a_packet_of_the_largest_length);
    CPPUNIT_TEST(refuses_what_is_no_packet);
    CPPUNIT_TEST(a_cs1_answer_is_named);
    CPPUNIT_TEST(stays_failed);
    CPPUNIT_TEST_SUITE_END();

    // Everything it says about the bytes, as text.
    static std::string decode(ByteView bytes, std::size_t step) {
        ClassicReplyDecoder decoder;
        std::string seen;
        while (!bytes.empty()) {
            const auto part = bytes.first(std::min(step, bytes.size()));
            bytes = bytes.subspan(part.size());
            decoder.feed(part);
            while (true) {
                const auto packet = decoder.next();
                if (!packet) return seen + std::string(error_name(packet.error().code));
                if (!*packet) break;
                const auto& head = (*packet)->header;
                seen += std::to_string(head.service) + "/" + std::to_string(head.id) + "/" +
                        std::to_string(head.error) + ":" + shown((*packet)->data) + ";";
            }
        }
        return seen;
    }

  public:
    void looks_as_the_page_says() {
        ClassicHeader header{13, 8, 28};
        CPPUNIT_ASSERT_EQUAL(std::string("0000000d00010008001c0000"), shown(header.encode()));
        CPPUNIT_ASSERT(header == ClassicHeader::decode(header.encode()).value());
        header = {0, 3};
        header.error = ClassicHeader::kNotFound;
        CPPUNIT_ASSERT_EQUAL(std::string("0000000000010003000c0001"), shown(header.encode()));
    }
    void cuts_packets_in_parts_of_every_size() {
        const auto bytes =
            hex("0000 0000 0001 0007 000f 0000 616263"
                "0000 0002 0001 0007 000d 0000 64"
                "0000 0000 0001 0007 000c 0000");
        for (std::size_t step = 1; step <= bytes.size(); ++step)
            CPPUNIT_ASSERT_EQUAL(std::string("0/7/0:616263;2/7/0:64;0/7/0:;"), decode(bytes, step));
    }
    void takes_a_packet_of_the_largest_length() {
        auto bytes = hex("0000 0000 0001 0001 ffff 0000");
        bytes.resize(65535, std::byte{0xAB});
        const auto seen = decode(bytes, 1000);
        CPPUNIT_ASSERT_EQUAL(std::size_t{6 + 2 * 65523 + 1}, seen.size());
    }
    void refuses_what_is_no_packet() {
        for (const auto* bytes : {"0001 0000 0001 0001 000c 0000", "0000 0000 0002 0001 000c 0000",
                                  "0000 0000 0001 0001 000b 0000", "0000 0000 0001 0001 0000 0000",
                                  "0000 0000 0001 0001 000d 0001"})
            CPPUNIT_ASSERT_EQUAL(std::string("protocol"), decode(hex(bytes), 5));
    }
    void a_cs1_answer_is_named() {
        const auto refused = ClassicHeader::decode(hex("05c5 0100 0000 0000 0000 0010"));
        CPPUNIT_ASSERT(refused.error().message.find("--wire classic") != std::string::npos);
    }
    void stays_failed() {
        ClassicReplyDecoder decoder;
        const auto bad = hex("4854 5450 2f31 2e31 2032 3030");
        const auto good = hex("0000 0000 0001 0001 000c 0000");
        decoder.feed(bad);
        CPPUNIT_ASSERT(!decoder.next());
        decoder.feed(good);
        CPPUNIT_ASSERT(!decoder.next());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ClassicReplyTest);
