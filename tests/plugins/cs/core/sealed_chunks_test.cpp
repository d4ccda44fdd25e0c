#include "seal_fixture.h"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>

using namespace gantry;
using namespace gantry::cs;

class SealedChunksTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SealedChunksTest);
    CPPUNIT_TEST(each_chunk_costs_a_tag_and_an_empty_range_is_one_chunk);
    CPPUNIT_TEST(what_was_sealed_opens_however_it_is_cut);
    CPPUNIT_TEST(runs_of_any_number_of_chunks_make_the_same_bytes);
    CPPUNIT_TEST(a_chunk_that_lies_in_one_part_is_opened_in_place);
    CPPUNIT_TEST(a_flipped_bit_is_noticed_and_nothing_opens_after_it);
    CPPUNIT_TEST(chunks_that_are_moved_repeated_or_missing_do_not_open);
    CPPUNIT_TEST(the_last_chunk_of_a_shorter_range_does_not_open);
    CPPUNIT_TEST(more_than_the_range_has_is_refused);
    CPPUNIT_TEST_SUITE_END();

    static Bytes plain(std::size_t size) {
        Bytes out(size);
        std::uint32_t x = 7;
        for (auto& b : out) b = static_cast<std::byte>((x = x * 1664525 + 1013904223) >> 24U);
        return out;
    }
    // As on the wire; `run` chunks are sealed at once.
    static Bytes seal(const Bytes& text, std::size_t run) {
        const auto key = SealCrypto::content('c');
        ChunkSealer sealer(*key, text.size());
        Bytes out(sealed_size(text.size()));
        std::size_t from = 0;
        for (ByteSpan rest(out); !rest.empty();) {
            const auto chunk = rest.first(std::min(rest.size(), kSealChunk));
            const auto count = chunk.size() - kAeadTagSize;
            std::copy_n(text.begin() + static_cast<std::ptrdiff_t>(from), count, chunk.begin());
            from += count;
            rest = rest.subspan(chunk.size());
        }
        for (ByteSpan rest(out); !rest.empty();) {
            const auto part = rest.first(std::min(rest.size(), run * kSealChunk));
            CPPUNIT_ASSERT(sealer.seal(part).ok());
            rest = rest.subspan(part.size());
        }
        return out;
    }
    // What opens of it, and whether all did.
    static std::pair<Bytes, bool> open(Bytes sealed, std::uint64_t text, std::size_t step) {
        ChunkOpener opener(SealCrypto::content('c'), text);
        Bytes out;
        for (ByteSpan rest(sealed); !rest.empty();) {
            const auto part = rest.first(std::min(rest.size(), step));
            rest = rest.subspan(part.size());
            const auto texts = opener.feed(part);
            if (!texts) {
                CPPUNIT_ASSERT(texts.error().code == ErrorCode::integrity);
                return {out, false};
            }
            for (const auto view : *texts) out.insert(out.end(), view.begin(), view.end());
        }
        return {out, opener.complete()};
    }
    static bool opens(const Bytes& sealed, std::uint64_t text) {
        return open(sealed, text, sealed.size()).second;
    }

  public:
    void each_chunk_costs_a_tag_and_an_empty_range_is_one_chunk() {
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{16}, sealed_size(0));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{17}, sealed_size(1));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{kSealChunk}, sealed_size(kSealText));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{kSealChunk + 17}, sealed_size(kSealText + 1));
    }
    void what_was_sealed_opens_however_it_is_cut() {
        for (const std::size_t size : {std::size_t{0}, std::size_t{1}, kSealText - 1, kSealText,
                                       kSealText + 1, 3 * kSealText + 5}) {
            const auto text = plain(size);
            const auto sealed = seal(text, 2);
            for (const std::size_t step :
                 {std::size_t{15}, std::size_t{1000}, kSealChunk, kSealChunk + 1, sealed.size()}) {
                const auto [opened, all] = open(sealed, size, step);
                CPPUNIT_ASSERT(all && opened == text);
            }
        }
    }
    void runs_of_any_number_of_chunks_make_the_same_bytes() {
        const auto text = plain(20 * kSealText + 3);  // more than a key is handed at once
        const auto one = seal(text, 1);
        for (const std::size_t run : {std::size_t{3}, std::size_t{100}})
            CPPUNIT_ASSERT(one == seal(text, run));
    }
    void a_chunk_that_lies_in_one_part_is_opened_in_place() {
        auto sealed = seal(plain(2 * kSealText), 2);
        ChunkOpener opener(SealCrypto::content('c'), 2 * kSealText);
        const auto texts = opener.feed(sealed).value();
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, texts.size());
        CPPUNIT_ASSERT(texts[0].data() == sealed.data());
        CPPUNIT_ASSERT(texts[1].data() == sealed.data() + kSealChunk);
    }
    void a_flipped_bit_is_noticed_and_nothing_opens_after_it() {
        const auto sealed = seal(plain(kSealText + 10), 2);
        for (const std::size_t place :
             {std::size_t{0}, kSealText - 1, kSealText, kSealChunk, sealed.size() - 1}) {
            auto bad = sealed;
            bad[place] ^= std::byte{1};
            const auto [opened, all] = open(bad, kSealText + 10, 16);
            CPPUNIT_ASSERT(!all);
            CPPUNIT_ASSERT_EQUAL(place < kSealChunk ? std::size_t{0} : kSealText, opened.size());
        }
        ChunkOpener opener(SealCrypto::content('c'), kSealText + 10);
        auto bad = sealed;
        bad[0] ^= std::byte{1};
        CPPUNIT_ASSERT(!opener.feed(ByteSpan(bad).first(kSealChunk)).ok());
        auto rest = sealed;
        CPPUNIT_ASSERT(!opener.feed(ByteSpan(rest).subspan(kSealChunk)).ok());
    }
    void chunks_that_are_moved_repeated_or_missing_do_not_open() {
        constexpr auto kSize = 3 * kSealText;
        const auto sealed = seal(plain(kSize), 3);
        const auto chunk = [&](std::size_t i) {
            return ByteView(sealed).subspan(i * kSealChunk, kSealChunk);
        };
        for (const auto& order :
             {std::array{1, 0, 2}, std::array{0, 0, 2}, std::array{0, 2, 1}, std::array{0, 1, 1}}) {
            Bytes mixed;
            for (const auto i : order) {
                const auto part = chunk(static_cast<std::size_t>(i));
                mixed.insert(mixed.end(), part.begin(), part.end());
            }
            CPPUNIT_ASSERT(!opens(mixed, kSize));
        }
        CPPUNIT_ASSERT(!opens(Bytes(sealed.begin(), sealed.end() - 1), kSize));
    }
    void the_last_chunk_of_a_shorter_range_does_not_open() {
        const auto longer = seal(plain(2 * kSealText), 2);
        CPPUNIT_ASSERT(!opens(Bytes(longer.begin(), longer.begin() + kSealChunk), kSealText));
        auto shorter = seal(plain(kSealText), 1);
        CPPUNIT_ASSERT(!open(shorter, 2 * kSealText, kSealChunk).second);
        CPPUNIT_ASSERT(open(shorter, 2 * kSealText, kSealChunk).first.empty());
    }
    void more_than_the_range_has_is_refused() {
        const auto sealed = seal(plain(10), 1);
        CPPUNIT_ASSERT(!opens(sealed, 9));
        const auto key = SealCrypto::content('c');
        ChunkSealer sealer(*key, 9);
        Bytes room(26);
        CPPUNIT_ASSERT(sealer.seal(room).error().code == ErrorCode::usage);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SealedChunksTest);
