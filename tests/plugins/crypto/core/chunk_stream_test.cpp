#include <crypto/core/chunk_stream.h>
#include <crypto/net/openssl_aead.h>
#include <crypto/wire/limits.h>

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <vector>

namespace gantry::crypto {
namespace {

using Bytes = std::vector<std::byte>;

// Numbers them by their content, so that a swap shows also where the key would not refuse it.
Bytes pattern(std::size_t size) {
    Bytes out(size);
    for (std::size_t i = 0; i < size; ++i) out[i] = static_cast<std::byte>(i / kChunkText + i);
    return out;
}

class ChunkStreamTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ChunkStreamTest);
    CPPUNIT_TEST(knows_the_size_of_every_small_text);
    CPPUNIT_TEST(refuses_sizes_that_no_text_makes);
    CPPUNIT_TEST(the_nonce_is_the_number_and_the_mark);
    CPPUNIT_TEST(opens_what_it_sealed);
    CPPUNIT_TEST(runs_may_be_sealed_in_any_order);
    CPPUNIT_TEST(every_bit_change_of_a_small_text_is_refused);
    CPPUNIT_TEST(every_cut_of_a_small_text_is_refused);
    CPPUNIT_TEST(every_cut_at_a_chunk_is_refused);
    CPPUNIT_TEST(every_swap_of_chunks_is_refused);
    CPPUNIT_TEST(every_repetition_of_a_chunk_is_refused);
    CPPUNIT_TEST(a_last_chunk_with_more_behind_it_is_refused);
    CPPUNIT_TEST(only_an_empty_text_has_an_empty_chunk);
    CPPUNIT_TEST(names_the_chunk_that_does_not_open);
    CPPUNIT_TEST(stops_at_the_limit_of_chunks);
    CPPUNIT_TEST_SUITE_END();

    CoreDumpShield shield_;
    OpensslAead aead_{shield_};
    std::unique_ptr<AeadKey> key_ =
        aead_.create(AeadAlgorithm::aes256_gcm, Bytes(32, std::byte{3})).value();
    ChunkStream stream_{*key_};

    static Bytes lay_out(const Bytes& text) {
        Bytes run(chunked_size(text.size()));
        auto from = text.begin();
        for_each_text(ByteSpan(run), [&](ByteSpan room) {
            std::copy_n(from, room.size(), room.begin());
            from += static_cast<std::ptrdiff_t>(room.size());
        });
        return run;
    }
    static Bytes take_out(const Bytes& run) {
        Bytes text;
        for_each_text(ByteView(run),
                      [&](ByteView part) { text.insert(text.end(), part.begin(), part.end()); });
        return text;
    }
    Bytes seal(const Bytes& text) {
        auto run = lay_out(text);
        CPPUNIT_ASSERT(stream_.seal(0, run, true).ok());
        return run;
    }
    // As decrypt does it: the size first.
    bool opens(Bytes run) {
        return text_size_of(run.size()).ok() && stream_.unseal(0, run, true).ok();
    }
    static ByteSpan chunk(Bytes& run, std::size_t number) {
        const auto rest = ByteSpan(run).subspan(number * kChunkSize);
        return rest.first(std::min(rest.size(), kChunkSize));
    }

  public:
    void knows_the_size_of_every_small_text() {
        for (const std::uint64_t base :
             {std::uint64_t{0}, std::uint64_t{kChunkText}, 5 * std::uint64_t{kChunkText}})
            for (std::uint64_t text = base; text < base + 40; ++text) {
                CPPUNIT_ASSERT_EQUAL(text, text_size_of(chunked_size(text)).value());
                CPPUNIT_ASSERT_EQUAL(
                    text,
                    static_cast<std::uint64_t>(
                        lay_out(pattern(text)).size() -
                        (text == 0 ? 1 : (text + kChunkText - 1) / kChunkText) * kAeadTagSize));
            }
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{16}, chunked_size(0));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{kChunkSize}, chunked_size(kChunkText));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{kChunkSize + 17}, chunked_size(kChunkText + 1));
    }
    void refuses_sizes_that_no_text_makes() {
        for (std::uint64_t size = 0; size < 16; ++size) CPPUNIT_ASSERT(!text_size_of(size));
        for (std::uint64_t size = 1; size <= 16; ++size) {
            CPPUNIT_ASSERT(!text_size_of(kChunkSize + size));
            CPPUNIT_ASSERT(!text_size_of(7 * std::uint64_t{kChunkSize} + size));
        }
        CPPUNIT_ASSERT(text_size_of(5).error().code == ErrorCode::integrity);
    }
    void the_nonce_is_the_number_and_the_mark() {
        for (const bool last : {false, true}) {
            auto run = lay_out(pattern(kChunkText));
            CPPUNIT_ASSERT(stream_.seal(0x0102030405, run, last).error().code == ErrorCode::limit);
            CPPUNIT_ASSERT(stream_.seal(0x01020304, run, last).ok());
            AeadBuffer buffer;
            buffer.bytes = run;
            for (std::size_t i = 0; i < 4; ++i) buffer.nonce[7 + i] = static_cast<std::byte>(i + 1);
            buffer.nonce[11] = static_cast<std::byte>(last ? 1 : 0);
            CPPUNIT_ASSERT_EQUAL(std::size_t{1}, key_->unseal(std::span(&buffer, 1)));
        }
    }
    void opens_what_it_sealed() {
        for (const std::size_t size : {std::size_t{0}, std::size_t{1}, kChunkText - 1, kChunkText,
                                       kChunkText + 1, 40 * kChunkText + 5}) {
            auto run = seal(pattern(size));
            CPPUNIT_ASSERT(stream_.unseal(0, run, true).ok());
            CPPUNIT_ASSERT(take_out(run) == pattern(size));
        }
    }
    void runs_may_be_sealed_in_any_order() {
        const auto text = pattern(5 * kChunkText + 100);
        auto parts = lay_out(text);
        const ByteSpan all(parts);
        CPPUNIT_ASSERT(stream_.seal(4, all.subspan(4 * kChunkSize), true).ok());
        CPPUNIT_ASSERT(stream_.seal(0, all.first(3 * kChunkSize), false).ok());
        CPPUNIT_ASSERT(stream_.seal(3, all.subspan(3 * kChunkSize, kChunkSize), false).ok());
        CPPUNIT_ASSERT(parts == seal(text));
    }
    void every_bit_change_of_a_small_text_is_refused() {
        const auto sealed = seal(pattern(50));
        for (std::size_t bit = 0; bit < 8 * sealed.size(); ++bit) {
            auto changed = sealed;
            changed[bit / 8] ^= static_cast<std::byte>(1U << (bit % 8));
            CPPUNIT_ASSERT_MESSAGE(std::to_string(bit), !opens(changed));
        }
    }
    void every_cut_of_a_small_text_is_refused() {
        const auto sealed = seal(pattern(50));
        for (std::size_t size = 0; size < sealed.size(); ++size)
            CPPUNIT_ASSERT(
                !opens(Bytes(sealed.begin(), sealed.begin() + static_cast<std::ptrdiff_t>(size))));
    }
    void every_cut_at_a_chunk_is_refused() {
        const auto sealed = seal(pattern(6 * kChunkText + 9));
        for (std::size_t chunks = 0; chunks <= 6; ++chunks)
            for (const std::size_t more : {0U, 1U, 15U, 16U, 17U, 24U})
                CPPUNIT_ASSERT(!opens(Bytes(
                    sealed.begin(),
                    sealed.begin() + static_cast<std::ptrdiff_t>(chunks * kChunkSize + more))));
    }
    void every_swap_of_chunks_is_refused() {
        const auto sealed = seal(pattern(8 * kChunkText));
        for (std::size_t a = 0; a < 8; ++a)
            for (std::size_t b = a + 1; b < 8; ++b) {
                auto swapped = sealed;
                std::ranges::swap_ranges(chunk(swapped, a), chunk(swapped, b));
                CPPUNIT_ASSERT_MESSAGE(std::to_string(a) + " " + std::to_string(b),
                                       !opens(swapped));
            }
    }
    void every_repetition_of_a_chunk_is_refused() {
        const auto sealed = seal(pattern(4 * kChunkText));
        for (std::size_t from = 0; from < 4; ++from)
            for (std::size_t to = 0; to < 4; ++to) {
                if (from == to) continue;
                auto changed = sealed;
                std::ranges::copy(chunk(changed, from), chunk(changed, to).begin());
                CPPUNIT_ASSERT(!opens(changed));
            }
    }
    void a_last_chunk_with_more_behind_it_is_refused() {
        auto sealed = seal(pattern(kChunkText));
        const auto more = seal(pattern(10));
        sealed.insert(sealed.end(), more.begin(), more.end());
        CPPUNIT_ASSERT(!opens(sealed));
    }
    void only_an_empty_text_has_an_empty_chunk() {
        Bytes run(kAeadTagSize);
        CPPUNIT_ASSERT(stream_.seal(1, run, true).ok());
        CPPUNIT_ASSERT(stream_.unseal(1, run, true).error().code == ErrorCode::integrity);
        CPPUNIT_ASSERT(opens(seal({})));
    }
    void names_the_chunk_that_does_not_open() {
        auto sealed = seal(pattern(40 * kChunkText));
        chunk(sealed, 33)[7] ^= std::byte{1};
        CPPUNIT_ASSERT_EQUAL(std::string("chunk 33 was changed, or the file was cut off"),
                             stream_.unseal(0, sealed, true).error().message);
    }
    void stops_at_the_limit_of_chunks() {
        auto run = lay_out(pattern(kChunkText + 1));
        CPPUNIT_ASSERT(stream_.seal(limits::kMaxChunks - 2, run, true).ok());
        CPPUNIT_ASSERT(stream_.seal(limits::kMaxChunks - 1, run, true).error().code ==
                       ErrorCode::limit);
        CPPUNIT_ASSERT(stream_.unseal(~std::uint64_t{0}, run, true).error().code ==
                       ErrorCode::limit);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ChunkStreamTest);

}  // namespace
}  // namespace gantry::crypto
