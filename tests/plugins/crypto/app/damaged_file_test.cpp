#include "file_fixture.h"

namespace gantry::crypto {
namespace {

// Decrypting what was changed: each change is refused, and nothing is left under the name.
class DamagedFileTest : public FileFixture {
    CPPUNIT_TEST_SUITE(DamagedFileTest);
    CPPUNIT_TEST(every_single_bit_change_is_refused);
    CPPUNIT_TEST(every_cut_is_refused);
    CPPUNIT_TEST(every_swap_of_chunks_is_refused);
    CPPUNIT_TEST(a_chunk_of_another_file_is_refused);
    CPPUNIT_TEST(bytes_behind_the_end_are_refused);
    CPPUNIT_TEST(a_stream_gives_nothing_out_before_its_header_is_right);
    CPPUNIT_TEST(a_stream_gives_out_what_stands_before_the_damage);
    CPPUNIT_TEST(the_wrong_key_is_told_apart_from_damage);
    CPPUNIT_TEST(the_wrong_kind_of_key_is_told);
    CPPUNIT_TEST(an_older_file_stays_when_the_new_one_is_refused);
    CPPUNIT_TEST(what_is_no_encrypted_file_is_told);
    CPPUNIT_TEST_SUITE_END();

    std::string encrypted(const std::string& text) {
        const auto call = encrypt("-", "-", {{"key-file", "key"}}, text);
        fine(call);
        return call->output.written;
    }
    // By both ways in: as a file, and as a stream.
    void refused(const std::string& bytes) {
        folder_.write("b", bytes);
        const auto from_file = decrypt("b", "c");
        CPPUNIT_ASSERT(from_file->error.has_value());
        const auto from_stream = decrypt("-", "c", {{"key-file", "key"}}, bytes);
        CPPUNIT_ASSERT(from_stream->error.has_value());
        CPPUNIT_ASSERT_EQUAL(std::string(error_name(from_file->error->code)),
                             std::string(error_name(from_stream->error->code)));
        only({"b"});
    }

  public:
    void every_single_bit_change_is_refused() {
        const auto sealed = encrypted("twenty bytes of text");
        for (std::size_t bit = 0; bit < 8 * sealed.size(); ++bit) {
            auto changed = sealed;
            changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
            refused(changed);
        }
    }
    void every_cut_is_refused() {
        const auto sealed = encrypted("twenty bytes of text");
        for (std::size_t size = 0; size < sealed.size(); ++size) refused(sealed.substr(0, size));
    }
    void every_swap_of_chunks_is_refused() {
        constexpr std::size_t kChunks = 6;
        const auto sealed = encrypted(pattern(kChunks * kChunkText));
        for (std::size_t a = 0; a < kChunks; ++a)
            for (std::size_t b = a + 1; b < kChunks; ++b) {
                auto swapped = sealed;
                std::swap_ranges(swapped.begin() + static_cast<long>(80 + a * kChunkSize),
                                 swapped.begin() + static_cast<long>(80 + (a + 1) * kChunkSize),
                                 swapped.begin() + static_cast<long>(80 + b * kChunkSize));
                refused(swapped);
            }
    }
    void a_chunk_of_another_file_is_refused() {
        auto one = encrypted(pattern(3 * kChunkText));
        const auto two = encrypted(pattern(3 * kChunkText));
        one.replace(80 + kChunkSize, kChunkSize, two, 80 + kChunkSize, kChunkSize);
        refused(one);
    }
    void bytes_behind_the_end_are_refused() {
        for (const std::size_t size : {std::size_t{0}, std::size_t{20}, kChunkText})
            for (const std::size_t more : {1U, 16U, 17U, 100U})
                refused(encrypted(pattern(size)) + std::string(more, 'x'));
    }
    void a_stream_gives_nothing_out_before_its_header_is_right() {
        auto sealed = encrypted(pattern(1000));
        sealed[60] = static_cast<char>(sealed[60] ^ 1);
        const auto call = decrypt("-", "-", {{"key-file", "key"}}, sealed);
        failed(ErrorCode::security, call);
        CPPUNIT_ASSERT(call->output.written.empty());
    }
    void a_stream_gives_out_what_stands_before_the_damage() {
        const auto text = pattern(10 * kChunkText);
        auto sealed = encrypted(text);
        sealed[80 + 9 * kChunkSize] = static_cast<char>(sealed[80 + 9 * kChunkSize] ^ 1);
        const auto call = decrypt("-", "-", {{"key-file", "key"}}, sealed);
        failed(ErrorCode::integrity, call);
        CPPUNIT_ASSERT(call->output.written == text.substr(0, call->output.written.size()));
        CPPUNIT_ASSERT_EQUAL(8 * kChunkText, call->output.written.size());  // whole runs
    }
    void the_wrong_key_is_told_apart_from_damage() {
        folder_.write("b", encrypted("text"));
        failed(ErrorCode::security, decrypt("b", "c", {{"key-file", "other"}}));
        only({"b"});
    }
    void the_wrong_kind_of_key_is_told() {
        folder_.write("b", encrypted("text"));
        failed(ErrorCode::security, decrypt("b", "c", {{"passphrase-file", "passphrase"}}));
        fine(encrypt("passphrase", "b", {{"passphrase-file", "passphrase"}}));
        failed(ErrorCode::security, decrypt("b", "c"));
        only({"b"});
    }
    void an_older_file_stays_when_the_new_one_is_refused() {
        auto sealed = encrypted(pattern(100'000));
        sealed.back() = static_cast<char>(sealed.back() ^ 1);
        folder_.write("b", sealed);
        folder_.write("c", "old");
        failed(ErrorCode::integrity, decrypt("b", "c"));
        CPPUNIT_ASSERT_EQUAL(std::string("old"), folder_.read("c"));
        only({"b", "c"});
    }
    void what_is_no_encrypted_file_is_told() {
        folder_.write("b", pattern(1000));
        const auto call = decrypt("b", "c");
        failed(ErrorCode::integrity, call);
        CPPUNIT_ASSERT_EQUAL(std::string("b: this is no file that Gantry encrypted"),
                             describe(*call->error));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(DamagedFileTest);

}  // namespace
}  // namespace gantry::crypto
