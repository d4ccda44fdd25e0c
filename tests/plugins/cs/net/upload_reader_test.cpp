#include <cppunit/extensions/HelperMacros.h>
#include <cs/net/limits.h>
#include <cs/net/upload_reader.h>
#include <gantry/crypto/digest.h>
#include <gantry/testing/memory_store.h>

using namespace gantry;
using namespace gantry::cs;
using testing::MemoryStore;

class UploadReaderTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(UploadReaderTest);
    CPPUNIT_TEST(reads_a_file_in_steps_and_tells_its_check);
    CPPUNIT_TEST(an_empty_file_is_complete_after_one_step);
    CPPUNIT_TEST(a_file_that_changed_is_never_complete);
    CPPUNIT_TEST(a_missing_file_is_told);
    CPPUNIT_TEST_SUITE_END();

    std::shared_ptr<MemoryStore> disk_ = std::make_shared<MemoryStore>();
    std::unique_ptr<UploadReader> open() {
        return std::move(UploadReader::open(disk_, "a").value());
    }

  public:
    void reads_a_file_in_steps_and_tells_its_check() {
        disk_->write_file("a", std::string(limits::kUploadStep, 'x') + "123456789");
        const auto reader = open();
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{limits::kUploadStep + 9}, reader->size());
        CPPUNIT_ASSERT_EQUAL(limits::kUploadStep, reader->read_step().value().size());
        CPPUNIT_ASSERT(!reader->complete());
        CPPUNIT_ASSERT(as_text(reader->read_step().value()) == "123456789");
        CPPUNIT_ASSERT(reader->complete());
    }
    void an_empty_file_is_complete_after_one_step() {
        disk_->write_file("a", "");
        const auto reader = open();
        CPPUNIT_ASSERT(reader->read_step().value().empty());
        CPPUNIT_ASSERT(reader->complete());
        CPPUNIT_ASSERT(reader->end() == (FileEnd{0, {CheckAlgorithm::crc32c, Bytes(4)}}));
        disk_->write_file("a", "123456789");
        const auto other = open();
        CPPUNIT_ASSERT(other->read_step());
        CPPUNIT_ASSERT_EQUAL(std::string("e3069283"), to_hex(other->end().check.value));
    }
    void a_file_that_changed_is_never_complete() {
        disk_->write_file("a", std::string(limits::kUploadStep + 1, 'x'));
        const auto reader = open();
        CPPUNIT_ASSERT(reader->read_step());
        auto file = disk_->open("a", OpenMode::read_write).value();
        const auto more = as_bytes("grown");
        CPPUNIT_ASSERT(file->write_at(limits::kUploadStep + 1, std::span(&more, 1)));
        CPPUNIT_ASSERT(reader->read_step().error().code == ErrorCode::source_changed);
        CPPUNIT_ASSERT(!reader->complete());
    }
    void a_missing_file_is_told() {
        CPPUNIT_ASSERT(UploadReader::open(disk_, "b").error().code == ErrorCode::not_found);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(UploadReaderTest);
