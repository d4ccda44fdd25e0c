#include "wire_bytes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <cs/wire/classic_request.h>

using namespace gantry;
using namespace gantry::cs;

class ClassicRequestTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ClassicRequestTest);
    CPPUNIT_TEST(looks_as_the_page_says);
    CPPUNIT_TEST(comes_in_parts_of_every_size);
    CPPUNIT_TEST(a_name_may_fill_its_field);
    CPPUNIT_TEST(refuses_to_send_a_name_that_does_not_fit);
    CPPUNIT_TEST(keeps_what_stands_in_a_name);
    CPPUNIT_TEST(refuses_another_protocol_or_version_before_the_name_comes);
    CPPUNIT_TEST(looks_at_nothing_behind_the_request);
    CPPUNIT_TEST_SUITE_END();

    static Result<std::optional<ClassicRequest>> decode(ByteView bytes, std::size_t step) {
        ClassicRequestDecoder decoder;
        Result<std::optional<ClassicRequest>> got = std::optional<ClassicRequest>();
        while (!bytes.empty() && got && !*got) {
            const auto part = bytes.first(std::min(step, bytes.size()));
            bytes = bytes.subspan(part.size());
            got = decoder.receive(part);
        }
        return got;
    }
    static Bytes raw(const std::string& head, const std::string& name) {
        Bytes out = hex(head);
        const auto text = as_bytes(name);
        out.insert(out.end(), text.begin(), text.end());
        out.resize(ClassicRequest::kSize);
        return out;
    }

  public:
    void looks_as_the_page_says() {
        const ClassicRequest request{ClassicService::file, 7, "a.txt"};
        const auto bytes = request.encode().value();
        CPPUNIT_ASSERT_EQUAL("0000000000010007612e747874" + std::string(390, '0'), shown(bytes));
    }
    void comes_in_parts_of_every_size() {
        const ClassicRequest request{ClassicService::encrypted_file, 65535, "sub/b.txt"};
        const auto bytes = request.encode().value();
        for (std::size_t step = 1; step <= bytes.size(); ++step)
            CPPUNIT_ASSERT(request == decode(bytes, step).value());
        CPPUNIT_ASSERT(!decode(ByteView(bytes).first(207), 1).value());
    }
    void a_name_may_fill_its_field() {
        const ClassicRequest request{ClassicService::file, 1, std::string(200, 'n')};
        CPPUNIT_ASSERT(request == decode(request.encode().value(), 50).value());
    }
    void refuses_to_send_a_name_that_does_not_fit() {
        for (const auto& name :
             {std::string(201, 'n'), std::string("a\0b", 3), std::string("\xFF")}) {
            const auto bytes = ClassicRequest{ClassicService::file, 1, name}.encode();
            CPPUNIT_ASSERT(!bytes && bytes.error().code == ErrorCode::usage);
        }
    }
    void keeps_what_stands_in_a_name() {
        const std::string name("../a\0\xFF", 6);
        const auto got = decode(raw("0000 0000 0001 0001", name), 208).value();
        CPPUNIT_ASSERT_EQUAL(name, got->name);
        CPPUNIT_ASSERT(!fits_classic_name(name));
        CPPUNIT_ASSERT_EQUAL(std::string(),
                             decode(raw("0000 0009 0001 0001", ""), 208).value()->name);
    }
    void refuses_another_protocol_or_version_before_the_name_comes() {
        for (const auto* head :
             {"0001 0000 0001 0001", "0000 0000 0002 0001", "01c5 0100 0000 0001"}) {
            ClassicRequestDecoder decoder;
            const auto bytes = hex(head);
            CPPUNIT_ASSERT(!decoder.receive(ByteView(bytes).first(7)).value());
            CPPUNIT_ASSERT(decoder.receive(ByteView(bytes).subspan(7)).error().code ==
                           ErrorCode::protocol);
            CPPUNIT_ASSERT(decoder.receive(bytes).error().code == ErrorCode::protocol);
        }
    }
    void looks_at_nothing_behind_the_request() {
        auto bytes = raw("0000 0000 0001 0001", "a");
        bytes.resize(300, std::byte{0xEE});
        CPPUNIT_ASSERT_EQUAL(std::string("a"), decode(bytes, 300).value()->name);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ClassicRequestTest);
