#include <cppunit/extensions/HelperMacros.h>
#include <cs/net/limits.h>
#include <cs/net/range_writer.h>
#include <gantry/testing/memory_store.h>
#include <support/sha256_digest.h>

using namespace gantry;
using namespace gantry::cs;

namespace {

constexpr std::uint64_t kWholePiece = PieceMessage::kPiece;

Result<std::unique_ptr<Digest>> sha256_for_writer(DigestAlgorithm) {
    return std::make_unique<gantry::testing::Sha256Digest>();
}

}  // namespace

class RangeWriterTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RangeWriterTest);
    CPPUNIT_TEST(keeps_pieces_that_fit);
    CPPUNIT_TEST(names_the_pieces_that_do_not_fit);
    CPPUNIT_TEST(a_word_may_come_after_its_bytes);
    CPPUNIT_TEST(without_words_the_whole_speaks_for_its_pieces);
    CPPUNIT_TEST(refuses_a_whole_that_does_not_fit);
    CPPUNIT_TEST(refuses_words_for_pieces_that_cannot_be);
    CPPUNIT_TEST(refuses_words_that_run_too_far_ahead);
    CPPUNIT_TEST(checks_a_crc_where_that_is_what_came);
    CPPUNIT_TEST_SUITE_END();

    gantry::testing::MemoryStore store_;
    std::shared_ptr<PartialFile> file_;
    std::unique_ptr<RangeWriter> writer_;
    const std::string text_ = std::string(kWholePiece, 'a') + std::string(1000, 'b');

    void open(CheckAlgorithm check) {
        const auto target = std::make_shared<LocalTarget>(
            [this](const std::string&, bool) -> Result<std::unique_ptr<FileStore>> {
                return store_.store_at("");
            },
            "", LocalTarget::Kind::folder);
        file_ = std::make_shared<PartialFile>(PartialFile::Options{
            .target = target, .name = "f", .digests = sha256_for_writer, .resume = true});
        const FileResponse response{text_.size(), {}, check, Bytes(1)};
        writer_ = RangeWriter::open(file_, response, 0, sha256_for_writer).value();
    }
    void write(std::string_view text) {
        const auto bytes = as_bytes(text);
        CPPUNIT_ASSERT(writer_->write(std::span(&bytes, 1)));
    }
    static CheckValue root_of(std::string_view text) {
        MerkleRoot root(std::make_unique<gantry::testing::Sha256Digest>());
        root.update(as_bytes(text));
        const auto hash = root.finish();
        return {CheckAlgorithm::merkle, Bytes(hash.begin(), hash.end())};
    }
    PieceMessage first() const { return {0, root_of(text_.substr(0, kWholePiece))}; }
    PieceMessage second() const { return {kWholePiece, root_of(text_.substr(kWholePiece))}; }
    FileEnd end() const { return {text_.size(), root_of(text_)}; }

  public:
    void keeps_pieces_that_fit() {
        open(CheckAlgorithm::merkle);
        CPPUNIT_ASSERT(writer_->tell(first()));
        write(text_);
        CPPUNIT_ASSERT_EQUAL(kWholePiece, file_->kept());
        CPPUNIT_ASSERT(writer_->tell(second()));
        const auto outcome = writer_->finish(end()).value();
        CPPUNIT_ASSERT(outcome.bad.empty() && outcome.check == end().check);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{text_.size()}, file_->kept());
        CPPUNIT_ASSERT(file_->finish(text_.size(), outcome.check));
        CPPUNIT_ASSERT(text_ == store_.read_file("f"));
    }
    void names_the_pieces_that_do_not_fit() {
        open(CheckAlgorithm::merkle);
        CPPUNIT_ASSERT(writer_->tell({0, second().check}));
        write(text_);
        CPPUNIT_ASSERT(writer_->tell(second()));
        const auto outcome = writer_->finish(end()).value();
        CPPUNIT_ASSERT(std::vector<std::uint64_t>{0} == outcome.bad);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1000}, file_->kept());
    }
    void a_word_may_come_after_its_bytes() {
        open(CheckAlgorithm::merkle);
        write(text_);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, file_->kept());
        CPPUNIT_ASSERT(writer_->tell(first()));
        CPPUNIT_ASSERT_EQUAL(kWholePiece, file_->kept());
    }
    void without_words_the_whole_speaks_for_its_pieces() {
        open(CheckAlgorithm::merkle);
        write(text_);
        CPPUNIT_ASSERT(writer_->finish(end()).value().bad.empty());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{text_.size()}, file_->kept());
    }
    void refuses_a_whole_that_does_not_fit() {
        open(CheckAlgorithm::merkle);
        write(text_);
        const FileEnd other{text_.size(), second().check};
        CPPUNIT_ASSERT(ErrorCode::integrity == writer_->finish(other).error().code);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, file_->kept());
    }
    void refuses_words_for_pieces_that_cannot_be() {
        open(CheckAlgorithm::merkle);
        CPPUNIT_ASSERT(ErrorCode::protocol == writer_->tell({5, first().check}).error().code);
        const CheckValue short_value{CheckAlgorithm::merkle, Bytes(31)};
        CPPUNIT_ASSERT(ErrorCode::protocol == writer_->tell({0, short_value}).error().code);
        CPPUNIT_ASSERT(writer_->tell(first()));
        write(text_);
        CPPUNIT_ASSERT(ErrorCode::protocol == writer_->tell(first()).error().code);
    }
    void refuses_words_that_run_too_far_ahead() {
        open(CheckAlgorithm::merkle);
        const auto last = (limits::kMaxPiecesAhead - 1) * kWholePiece;
        CPPUNIT_ASSERT(writer_->tell({last, first().check}));
        CPPUNIT_ASSERT(ErrorCode::protocol ==
                       writer_->tell({last + kWholePiece, first().check}).error().code);
    }
    void checks_a_crc_where_that_is_what_came() {
        open(CheckAlgorithm::crc32c);
        write(text_);
        Crc32c crc;
        crc.update(as_bytes(text_));
        const FileEnd good{text_.size(), {CheckAlgorithm::crc32c, crc.bytes()}};
        CPPUNIT_ASSERT(writer_->finish(good).value().check == good.check);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, file_->kept());
        open(CheckAlgorithm::crc32c);
        write("x" + text_.substr(1));
        CPPUNIT_ASSERT(ErrorCode::integrity == writer_->finish(good).error().code);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(RangeWriterTest);
