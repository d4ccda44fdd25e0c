#include "wire_bytes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <cs/wire/limits.h>
#include <cs/wire/listing_messages.h>

using namespace gantry;
using namespace gantry::cs;

namespace {

const std::string kEntry =
    "0018 01 0000000000000005 17a6101701650000 0003 612f62";  // a/b, 5 bytes, 2024-01-01

bool is_protocol_error(const std::string& text) {
    const auto outcome = decode_entries(hex(text));
    return !outcome && outcome.error().code == ErrorCode::protocol;
}

}  // namespace

class ListingMessagesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ListingMessagesTest);
    CPPUNIT_TEST(an_entry_has_the_layout_of_the_document);
    CPPUNIT_TEST(a_change_has_the_layout_of_the_document);
    CPPUNIT_TEST(an_unknown_change_reads_as_overflow);
    CPPUNIT_TEST(reads_several_entries);
    CPPUNIT_TEST(skips_optional_fields_of_an_entry);
    CPPUNIT_TEST(reads_an_unknown_type_as_other);
    CPPUNIT_TEST(refuses_entries_of_impossible_lengths);
    CPPUNIT_TEST(refuses_needed_fields_of_an_entry_that_it_does_not_know);
    CPPUNIT_TEST(carries_the_longest_name);
    CPPUNIT_TEST(a_request_decodes_what_it_encodes);
    CPPUNIT_TEST(an_end_decodes_what_it_encodes);
    CPPUNIT_TEST(a_page_has_the_layout_of_the_document);
    CPPUNIT_TEST(refuses_globs_cursors_and_counts_out_of_their_limits);
    CPPUNIT_TEST_SUITE_END();

  public:
    void an_entry_has_the_layout_of_the_document() {
        const ListingEntry entry{EntryType::file, 5, 1704067200000000000, "a/b"};
        Bytes body;
        entry.append_to(body);
        CPPUNIT_ASSERT_EQUAL(shown(hex(kEntry)), shown(body));
        CPPUNIT_ASSERT(std::vector{entry} == decode_entries(body).value());
    }
    void a_change_has_the_layout_of_the_document() {
        const ListingEntry entry{EntryType::file, 5, 1704067200000000000, "a/b",
                                 EntryChange::created};
        Bytes body;
        entry.append_to(body);
        CPPUNIT_ASSERT_EQUAL(shown(hex("001d 01 0000000000000005 17a6101701650000 0003 612f62"
                                       "0014 0001 01")),
                             shown(body));
        CPPUNIT_ASSERT(std::vector{entry} == decode_entries(body).value());
    }
    void an_unknown_change_reads_as_overflow() {
        const auto entries =
            decode_entries(hex("001b 04 0000000000000000 0000000000000000 0001 2e 0014 0001 09"));
        CPPUNIT_ASSERT(entries->front().change == EntryChange::overflow);
    }
    void reads_several_entries() {
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, decode_entries(hex(kEntry + kEntry + kEntry))->size());
        CPPUNIT_ASSERT(decode_entries({})->empty());
    }
    void skips_optional_fields_of_an_entry() {
        const auto entries = decode_entries(hex("001b 02 0000000000000000 0000000000000000 0001 78"
                                                "ff000001aa" +
                                                kEntry))
                                 .value();
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, entries.size());
        CPPUNIT_ASSERT(entries[0].type == EntryType::folder && entries[0].name == "x");
    }
    void reads_an_unknown_type_as_other() {
        const auto entries =
            decode_entries(hex("0016 63 0000000000000000 0000000000000000 0001 78")).value();
        CPPUNIT_ASSERT(entries[0].type == EntryType::other);
    }
    void refuses_entries_of_impossible_lengths() {
        CPPUNIT_ASSERT(is_protocol_error("00"));
        CPPUNIT_ASSERT(is_protocol_error("0000"));
        CPPUNIT_ASSERT(is_protocol_error("0014 01 0000000000000005 0000000000000000 00"));
        CPPUNIT_ASSERT(is_protocol_error("0015 01 0000000000000005 0000000000000000 0000"));
        CPPUNIT_ASSERT(is_protocol_error("0016 01 0000000000000005 0000000000000000 0002 61"));
        CPPUNIT_ASSERT(is_protocol_error("0019" + kEntry.substr(4)));
    }
    void refuses_needed_fields_of_an_entry_that_it_does_not_know() {
        const auto outcome =
            decode_entries(hex("001b 02 0000000000000000 0000000000000000 0001 78 7f000001aa"));
        CPPUNIT_ASSERT(!outcome && outcome.error().code == ErrorCode::unsupported);
    }
    void carries_the_longest_name() {
        const ListingEntry entry{EntryType::file, 1, -2, std::string(limits::kMaxPath, 'n'),
                                 EntryChange::removed};
        Bytes body;
        entry.append_to(body);
        CPPUNIT_ASSERT_EQUAL(kMaxEntrySize, body.size());
        CPPUNIT_ASSERT(entry == decode_entries(body)->front());
    }
    void a_request_decodes_what_it_encodes() {
        const ListingRequest request{"sub", true};
        CPPUNIT_ASSERT(hex("0001 0003 737562 0002 0000") == request.encode());
        CPPUNIT_ASSERT(request == ListingRequest::decode(request.encode()).value());
        CPPUNIT_ASSERT(!ListingRequest::decode({}));
    }
    void an_end_decodes_what_it_encodes() {
        const ListingEnd end{9, 2};
        CPPUNIT_ASSERT(end == ListingEnd::decode(end.encode()).value());
        CPPUNIT_ASSERT(hex("00070008 0000000000000009") == (ListingEnd{9, 0}).encode());
        CPPUNIT_ASSERT(!ListingEnd::decode({}));
    }
    void a_page_has_the_layout_of_the_document() {
        ListingRequest request{"docs", false, "*.txt"};
        request.count = 2;
        CPPUNIT_ASSERT_EQUAL(
            shown(hex("0001 0004 646f6373 000d 0008 0000000000000002 0011 0005 2a2e747874")),
            shown(request.encode()));
        CPPUNIT_ASSERT(request == ListingRequest::decode(request.encode()).value());
        request.only = EntryType::symlink;
        request.cursor = std::string("\x01 a", 3);
        CPPUNIT_ASSERT(request == ListingRequest::decode(request.encode()).value());
        const ListingEnd end{2, 0,
                             "\x01"
                             "b.txt"};
        CPPUNIT_ASSERT_EQUAL(shown(hex("0007 0008 0000000000000002 0012 0006 01622e747874")),
                             shown(end.encode()));
        CPPUNIT_ASSERT(end == ListingEnd::decode(end.encode()).value());
    }
    void refuses_globs_cursors_and_counts_out_of_their_limits() {
        ListingRequest request{"", false, std::string(limits::kMaxGlob, 'a')};
        request.cursor = std::string(limits::kMaxCursor, 'c');
        CPPUNIT_ASSERT(ListingRequest::decode(request.encode()));
        request.glob += 'a';
        CPPUNIT_ASSERT(!ListingRequest::decode(request.encode()));
        request.glob.clear();
        request.cursor += 'c';
        CPPUNIT_ASSERT(!ListingRequest::decode(request.encode()));
        CPPUNIT_ASSERT(!ListingRequest::decode(hex("0001 0000 0011 0000")));
        CPPUNIT_ASSERT(!ListingRequest::decode(hex("0001 0000 0012 0000")));
        CPPUNIT_ASSERT(!ListingRequest::decode(hex("0001 0000 000d 0008 0000000000000000")));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ListingMessagesTest);
