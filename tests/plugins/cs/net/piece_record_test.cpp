#include <cppunit/extensions/HelperMacros.h>
#include <cs/net/limits.h>
#include <cs/net/piece_record.h>
#include <cs/wire/piece_message.h>
#include <gantry/testing/memory_store.h>

using namespace gantry;
using namespace gantry::cs;

class PieceRecordTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PieceRecordTest);
    CPPUNIT_TEST(has_the_bytes_of_the_document);
    CPPUNIT_TEST(reads_what_it_wrote);
    CPPUNIT_TEST(takes_nothing_for_a_record_that_is_none);
    CPPUNIT_TEST(believes_no_header_with_a_changed_byte);
    CPPUNIT_TEST(pieces_beyond_a_cut_are_not_there);
    CPPUNIT_TEST_SUITE_END();

    gantry::testing::MemoryStore store_;
    const PieceRecord::Source source_{2 * PieceMessage::kPiece + 1, Bytes(3, std::byte{0xAB})};

  public:
    void has_the_bytes_of_the_document() {
        CPPUNIT_ASSERT(PieceRecord::create(store_, "r", source_));
        const auto text = store_.read_file("r");
        std::string head("GantryCs\0\1\0\3\0\0\0\0", 16);
        head += std::string("\0\0\0\0\0\x20\0\1", 8) + std::string("\0\0\0\0\0\x10\0\0", 8);
        head += "\xAB\xAB\xAB" + std::string(61, '\0');
        CPPUNIT_ASSERT(head == text.substr(0, 96));
        CPPUNIT_ASSERT(std::string(28, '\0') == text.substr(100, 28));
        CPPUNIT_ASSERT_EQUAL(std::size_t{128 + 3 * 32}, text.size());
    }
    void reads_what_it_wrote() {
        PieceRecord::Root root{};
        root[31] = std::byte{7};
        {
            const auto record = PieceRecord::create(store_, "r", source_).value();
            CPPUNIT_ASSERT(record->put(1, root) && record->put(2, PieceRecord::kUnchecked));
        }
        const auto record = PieceRecord::open(store_, "r").value();
        CPPUNIT_ASSERT(source_ == record->source());
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, record->pieces());
        CPPUNIT_ASSERT(!record->has(0) && record->has(1) && record->has(2));
        CPPUNIT_ASSERT(root == record->root(1));
        CPPUNIT_ASSERT(record->put(1, {}) && !record->has(1));
    }
    void takes_nothing_for_a_record_that_is_none() {
        CPPUNIT_ASSERT(PieceRecord::open(store_, "none").value() == nullptr);
        store_.write_file("short", "GantryCs");
        CPPUNIT_ASSERT(PieceRecord::open(store_, "short").value() == nullptr);
        CPPUNIT_ASSERT(store_.make_folders("folder"));
        CPPUNIT_ASSERT(PieceRecord::open(store_, "folder").value() == nullptr);
        store_.plant_link("link", "short");
        CPPUNIT_ASSERT(PieceRecord::open(store_, "link").value() == nullptr);
    }
    void believes_no_header_with_a_changed_byte() {
        CPPUNIT_ASSERT(PieceRecord::create(store_, "r", source_));
        const auto text = store_.read_file("r");
        for (std::size_t at = 0; at < 128; ++at) {
            auto changed = text;
            changed[at] = static_cast<char>(changed[at] ^ 1);
            store_.write_file("r", changed);
            CPPUNIT_ASSERT(PieceRecord::open(store_, "r").value() == nullptr);
        }
    }
    void pieces_beyond_a_cut_are_not_there() {
        {
            const auto record = PieceRecord::create(store_, "r", source_).value();
            CPPUNIT_ASSERT(record->put(0, PieceRecord::kUnchecked));
            CPPUNIT_ASSERT(record->put(2, PieceRecord::kUnchecked));
        }
        store_.write_file("r", store_.read_file("r").substr(0, 128 + 40));
        const auto record = PieceRecord::open(store_, "r").value();
        CPPUNIT_ASSERT(record->has(0) && !record->has(1) && !record->has(2));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(PieceRecordTest);
