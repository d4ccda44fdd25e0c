#include "seal_fixture.h"

#include <cppunit/extensions/HelperMacros.h>
#include <cs/net/limits.h>
#include <cs/net/sealed_reader.h>
#include <gantry/testing/memory_store.h>

#include <algorithm>

using namespace gantry;
using namespace gantry::cs;

class SealedReaderTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SealedReaderTest);
    CPPUNIT_TEST(seals_a_range_step_by_step);
    CPPUNIT_TEST(pieces_and_the_end_follow_the_bytes);
    CPPUNIT_TEST(an_empty_file_is_one_chunk);
    CPPUNIT_TEST(uses_the_memory_of_an_earlier_step_again);
    CPPUNIT_TEST(a_folder_and_a_missing_file_are_told);
    CPPUNIT_TEST(a_file_that_changes_meanwhile_is_noticed);
    CPPUNIT_TEST_SUITE_END();

    gantry::testing::MemoryStore store_;
    const std::string text_ = std::string(2'000'000, 'a') + std::string(1000, 'b');
    std::shared_ptr<SealedExchange> exchange_;

    static Result<std::unique_ptr<Digest>> digests(DigestAlgorithm algorithm) {
        return SealCrypto::get().digests.create(algorithm);
    }
    Result<std::unique_ptr<SealedReader>> open(FileRequest request) {
        exchange_ =
            SealedExchange::ask(SealCrypto::key(), std::move(request), SealCrypto::random(1))
                .value();
        return SealedReader::open(store_, SealedAsk::decode(exchange_->request_body()).value(),
                                  digests, SealCrypto::key(), SealCrypto::random(2));
    }
    struct Outcome {
        std::string text;
        std::vector<PieceMessage> pieces;
        FileEnd end;
        std::size_t steps = 0;
    };
    // All of it, opened.
    Outcome read(FileRequest request) {
        const auto reader = open(std::move(request)).value();
        CPPUNIT_ASSERT(exchange_->take_response(reader->response_body()).ok());
        CPPUNIT_ASSERT_EQUAL(reader->size(), sealed_size(exchange_->text_size()));
        const auto opener = exchange_->take_opener();
        Outcome out;
        Bytes spare;
        for (bool more = true; more; ++out.steps) {
            auto step = reader->next(std::move(spare)).value();
            const auto texts = opener->feed(step.chunks).value();
            for (const auto view : texts) out.text += as_text(view);
            for (const auto& piece : step.pieces)
                out.pieces.push_back(exchange_->open_piece(piece).value());
            more = !step.end;
            if (step.end) out.end = exchange_->open_end(*step.end).value();
            spare = std::move(step.chunks);
        }
        CPPUNIT_ASSERT(opener->complete());
        return out;
    }

  public:
    void setUp() override {
        store_.write_file("f", text_);
        store_.write_file("d/x", "");
    }

    void seals_a_range_step_by_step() {
        const auto whole = read({"f", CheckAlgorithm::none});
        CPPUNIT_ASSERT(whole.text == text_);
        CPPUNIT_ASSERT_EQUAL(text_.size() / limits::kSealStep + 1, whole.steps);
        CPPUNIT_ASSERT(whole.end == (FileEnd{text_.size(), {}}));
        const auto part = read({"f", CheckAlgorithm::crc32c, 1'999'990, 20});
        CPPUNIT_ASSERT_EQUAL(text_.substr(1'999'990, 20), part.text);
        Crc32c crc;
        crc.update(as_bytes(part.text));
        CPPUNIT_ASSERT(part.end == (FileEnd{20, {CheckAlgorithm::crc32c, crc.bytes()}}));
    }
    void pieces_and_the_end_follow_the_bytes() {
        FileRequest request{"f", CheckAlgorithm::merkle};
        request.pieces = true;
        const auto whole = read(request);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, whole.pieces.size());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{PieceMessage::kPiece}, whole.pieces.back().offset);
        CPPUNIT_ASSERT(whole.end.check.algorithm == CheckAlgorithm::merkle);
        CPPUNIT_ASSERT_EQUAL(std::size_t{32}, whole.end.check.value.size());
    }
    void an_empty_file_is_one_chunk() {
        const auto empty = read({"d/x", CheckAlgorithm::crc32c});
        CPPUNIT_ASSERT(empty.text.empty() && empty.steps == 1);
    }
    void uses_the_memory_of_an_earlier_step_again() {
        const auto reader = open({"f", CheckAlgorithm::none}).value();
        auto first = reader->next({}).value();
        const auto* memory = first.chunks.data();
        CPPUNIT_ASSERT(reader->next(std::move(first.chunks)).value().chunks.data() == memory);
    }
    void a_folder_and_a_missing_file_are_told() {
        CPPUNIT_ASSERT(open({"d", CheckAlgorithm::none}).value() == nullptr);
        CPPUNIT_ASSERT(open({"g", CheckAlgorithm::none}).error().code == ErrorCode::not_found);
        CPPUNIT_ASSERT(open({"f", CheckAlgorithm::none, text_.size() + 1}).error().code ==
                       ErrorCode::range);
    }
    void a_file_that_changes_meanwhile_is_noticed() {
        const auto reader = open({"d/x", CheckAlgorithm::none}).value();
        const auto file = store_.open("d/x", OpenMode::read_write).value();
        const auto more = as_bytes("more");
        CPPUNIT_ASSERT(file->write_at(0, std::span(&more, 1)).ok());
        const auto outcome = reader->next({});
        CPPUNIT_ASSERT(!outcome.ok() && outcome.error().code == ErrorCode::source_changed);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SealedReaderTest);
