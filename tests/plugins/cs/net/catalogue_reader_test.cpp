#include <cppunit/extensions/HelperMacros.h>
#include <cs/net/catalogue_reader.h>
#include <gantry/testing/memory_store.h>

using namespace gantry;
using namespace gantry::cs;
using gantry::testing::MemoryStore;

class CatalogueReaderTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CatalogueReaderTest);
    CPPUNIT_TEST(files_come_before_folders_in_byte_order);
    CPPUNIT_TEST(leaves_out_what_the_wire_cannot_carry);
    CPPUNIT_TEST(a_path_may_have_two_hundred_bytes);
    CPPUNIT_TEST(reads_a_large_folder_in_steps);
    CPPUNIT_TEST(holds_no_more_names_than_the_limit);
    CPPUNIT_TEST_SUITE_END();

    MemoryStore files_;
    std::uint64_t skipped_ = 0;

    std::string all() {
        auto store = files_.store_at("");
        auto reader = CatalogueReader::open(*store).value();
        std::string out;
        while (!reader->complete()) {
            const auto step = reader->read_step().value();
            CPPUNIT_ASSERT(step.size() <= limits::kEntriesPerStep);
            for (const auto& entry : step) out += entry.name + "\n";
        }
        skipped_ = reader->end().skipped;
        return out;
    }

  public:
    void files_come_before_folders_in_byte_order() {
        for (const auto* name :
             {"z", "a", "Z", "\xC3\xA4", "b/two", "b/one", "b/deep/x", "a.d/y", "c/only/deep"})
            files_.write_file(name, "");
        CPPUNIT_ASSERT(files_.make_folders("empty"));
        CPPUNIT_ASSERT_EQUAL(
            std::string("Z\na\nz\n\xC3\xA4\na.d/y\nb/one\nb/two\nb/deep/x\nc/only/deep\n"), all());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, skipped_);
    }
    void leaves_out_what_the_wire_cannot_carry() {
        files_.write_file("a", "");
        files_.write_file("line\nfeed", "");
        files_.write_file("\xFF", "");
        files_.write_file("bad\xC0/file", "");
        CPPUNIT_ASSERT_EQUAL(std::string("a\n"), all());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{3}, skipped_);
    }
    void a_path_may_have_two_hundred_bytes() {
        files_.write_file("f/" + std::string(198, 'n'), "");
        files_.write_file("f/" + std::string(199, 'n'), "");
        CPPUNIT_ASSERT_EQUAL("f/" + std::string(198, 'n') + "\n", all());
    }
    void reads_a_large_folder_in_steps() {
        for (int i = 0; i < 1000; ++i) files_.write_file("f" + std::to_string(i), "");
        const auto text = all();
        CPPUNIT_ASSERT_EQUAL(1000L, static_cast<long>(std::count(text.begin(), text.end(), '\n')));
        CPPUNIT_ASSERT(text.starts_with("f0\nf1\nf10\nf100\nf101\n"));
    }
    void holds_no_more_names_than_the_limit() {
        for (int i = 0; i < 10; ++i) files_.write_file("sub/f" + std::to_string(i), "");
        auto store = files_.store_at("");
        CPPUNIT_ASSERT(CatalogueReader::open(*store, 10).value()->read_step());
        CPPUNIT_ASSERT(CatalogueReader::open(*store, 9).value()->read_step().error().code ==
                       ErrorCode::limit);
        CPPUNIT_ASSERT(CatalogueReader::open(*store, 0).error().code == ErrorCode::limit);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(CatalogueReaderTest);
