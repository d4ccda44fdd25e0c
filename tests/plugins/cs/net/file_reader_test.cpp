#include <cppunit/extensions/HelperMacros.h>
#include <cs/net/file_reader.h>
#include <cs/net/limits.h>
#include <gantry/testing/memory_store.h>
#include <support/sha256_digest.h>

using namespace gantry;
using namespace gantry::cs;

namespace {

constexpr std::uint64_t kOnePiece = PieceMessage::kPiece;

Result<std::unique_ptr<Digest>> sha256_for_reader(DigestAlgorithm) {
    return std::make_unique<gantry::testing::Sha256Digest>();
}

}  // namespace

class FileReaderTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(FileReaderTest);
    CPPUNIT_TEST(reads_ahead_in_steps);
    CPPUNIT_TEST(tells_the_root_and_the_pieces_of_a_range);
    CPPUNIT_TEST(cuts_a_range_at_the_end_of_the_file);
    CPPUNIT_TEST(refuses_a_range_beyond_the_end);
    CPPUNIT_TEST(refuses_pieces_of_a_range_that_starts_within_one);
    CPPUNIT_TEST(refuses_a_file_that_is_not_the_expected_one);
    CPPUNIT_TEST(answers_with_a_crc_where_there_are_no_digests);
    CPPUNIT_TEST(reads_nothing_when_no_check_is_wanted);
    CPPUNIT_TEST(keeps_the_bytes_of_a_small_file_and_closes_it);
    CPPUNIT_TEST(reads_to_memory_in_blocks_and_keeps_the_first);
    CPPUNIT_TEST(a_folder_is_no_error_and_a_missing_file_is);
    CPPUNIT_TEST_SUITE_END();

    gantry::testing::MemoryStore store_;
    const std::string text_ = std::string(2 * kOnePiece, 'a') + std::string(1000, 'b');

    Result<std::unique_ptr<FileReader>> open(const FileRequest& request,
                                             const MakeDigest& digests = sha256_for_reader,
                                             FileReader::First first = {}) {
        return FileReader::open(store_, request, digests, first);
    }
    std::unique_ptr<FileReader> read_all(const FileRequest& request) {
        auto reader = open(request).value();
        while (!reader->complete()) CPPUNIT_ASSERT(reader->read_step());
        return reader;
    }
    static Bytes root_of(std::string_view text) {
        MerkleRoot root(std::make_unique<gantry::testing::Sha256Digest>());
        root.update(as_bytes(text));
        const auto hash = root.finish();
        return Bytes(hash.begin(), hash.end());
    }
    ErrorCode refusal(const FileRequest& request) { return open(request).error().code; }

  public:
    void setUp() override { store_.write_file("f", text_); }

    void reads_ahead_in_steps() {
        const auto reader = open({"f", CheckAlgorithm::crc32c}).value();
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{limits::kReadStep}, reader->ready());
        CPPUNIT_ASSERT(!reader->complete());
        CPPUNIT_ASSERT(reader->read_step() && reader->read_step());
        CPPUNIT_ASSERT(reader->complete() && reader->ready() == text_.size());
        CPPUNIT_ASSERT(reader->take_pieces().empty());
    }
    void tells_the_root_and_the_pieces_of_a_range() {
        FileRequest request{"f", CheckAlgorithm::merkle, kOnePiece};
        request.pieces = true;
        const auto reader = read_all(request);
        const auto range = text_.substr(kOnePiece);
        CPPUNIT_ASSERT((FileSpan{kOnePiece, range.size()}) == reader->span());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{text_.size()}, reader->response().size);
        CPPUNIT_ASSERT((FileEnd{range.size(), {CheckAlgorithm::merkle, root_of(range)}}) ==
                       reader->end());
        const auto pieces = reader->take_pieces();
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, pieces.size());
        CPPUNIT_ASSERT_EQUAL(kOnePiece, pieces[0].offset);
        CPPUNIT_ASSERT(root_of(text_.substr(kOnePiece, kOnePiece)) == pieces[0].check.value);
        CPPUNIT_ASSERT(root_of(std::string(1000, 'b')) == pieces[1].check.value);
        CPPUNIT_ASSERT(reader->take_pieces().empty());
    }
    void cuts_a_range_at_the_end_of_the_file() {
        FileRequest request{"f", CheckAlgorithm::crc32c, 2 * kOnePiece + 1};
        request.count = 5000;
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{999}, read_all(request)->end().total);
        request.count = 10;
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{10}, read_all(request)->end().total);
        request.offset = text_.size();
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, read_all(request)->end().total);
    }
    void refuses_a_range_beyond_the_end() {
        CPPUNIT_ASSERT(ErrorCode::range == refusal({"f", {}, text_.size() + 1}));
    }
    void refuses_pieces_of_a_range_that_starts_within_one() {
        FileRequest request{"f", CheckAlgorithm::merkle, 5};
        request.pieces = true;
        CPPUNIT_ASSERT(ErrorCode::usage == refusal(request));
    }
    void refuses_a_file_that_is_not_the_expected_one() {
        FileRequest request{"f", {}};
        request.expect = open(request).value()->response().identity;
        CPPUNIT_ASSERT(open(request));
        store_.write_file("f", text_ + "more");
        CPPUNIT_ASSERT(ErrorCode::source_changed == refusal(request));
    }
    void answers_with_a_crc_where_there_are_no_digests() {
        FileRequest request{"f", CheckAlgorithm::merkle};
        request.pieces = true;
        const auto reader = open(request, {}).value();
        CPPUNIT_ASSERT(CheckAlgorithm::crc32c == reader->response().check);
        CPPUNIT_ASSERT(reader->take_pieces().empty());
    }
    void reads_nothing_when_no_check_is_wanted() {
        const auto reader = open({"f", {}}).value();
        CPPUNIT_ASSERT(reader->complete() && reader->ready() == text_.size());
        CPPUNIT_ASSERT((FileEnd{text_.size(), {}}) == reader->end());
    }
    void keeps_the_bytes_of_a_small_file_and_closes_it() {
        for (const auto check : {CheckAlgorithm::none, CheckAlgorithm::merkle}) {
            FileRequest request{"f", check, 2 * kOnePiece};
            const auto reader = open(request, sha256_for_reader, {1000, SendFrom::file}).value();
            CPPUNIT_ASSERT(reader->kept() && reader->complete() && reader->file() == nullptr);
            CPPUNIT_ASSERT(std::string(1000, 'b') == as_text(reader->take_kept()));
            CPPUNIT_ASSERT(read_all(request)->end() == reader->end());
            CPPUNIT_ASSERT(!open(request, sha256_for_reader, {999, SendFrom::file}).value()->kept());
        }
    }
    void reads_to_memory_in_blocks_and_keeps_the_first() {
        const auto reader =
            open({"f", CheckAlgorithm::merkle}, sha256_for_reader, {1000, SendFrom::memory})
                .value();
        CPPUNIT_ASSERT(!reader->kept());
        auto bytes = reader->take_kept();
        CPPUNIT_ASSERT_EQUAL(std::size_t{limits::kCopyStep}, bytes.size());
        Bytes block;
        while (!reader->complete()) {
            block = reader->read_block(std::move(block)).value();
            CPPUNIT_ASSERT(block.size() <= limits::kCopyStep);
            bytes.insert(bytes.end(), block.begin(), block.end());
            CPPUNIT_ASSERT_EQUAL(std::uint64_t{bytes.size()}, reader->ready());
        }
        CPPUNIT_ASSERT(std::ranges::equal(as_bytes(text_), bytes));
        CPPUNIT_ASSERT(reader->end().check.value == root_of(text_));
    }
    void a_folder_is_no_error_and_a_missing_file_is() {
        CPPUNIT_ASSERT(store_.make_folders("d"));
        CPPUNIT_ASSERT(*open({"d"}) == nullptr);
        CPPUNIT_ASSERT(ErrorCode::not_found == refusal({"missing"}));
        store_.plant_special("pipe");
        CPPUNIT_ASSERT(ErrorCode::unsupported == refusal({"pipe"}));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(FileReaderTest);
