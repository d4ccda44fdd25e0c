#include <cppunit/extensions/HelperMacros.h>
#include <cs/net/file_hasher.h>
#include <cs/net/limits.h>
#include <gantry/testing/memory_store.h>
#include <support/sha256_digest.h>

using namespace gantry;
using namespace gantry::cs;

namespace {

Result<std::unique_ptr<Digest>> make_sha256(DigestAlgorithm algorithm) {
    CPPUNIT_ASSERT(algorithm == DigestAlgorithm::sha256);
    return std::make_unique<testing::Sha256Digest>();
}

class FileHasherTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(FileHasherTest);
    CPPUNIT_TEST(knows_each_algorithm);
    CPPUNIT_TEST(goes_in_steps);
    CPPUNIT_TEST(an_empty_file_is_done_in_one_step);
    CPPUNIT_TEST(refuses_what_it_does_not_know);
    CPPUNIT_TEST(refuses_what_is_no_file);
    CPPUNIT_TEST(notices_a_file_that_changes);
    CPPUNIT_TEST(notices_a_file_that_becomes_shorter);
    CPPUNIT_TEST_SUITE_END();

    gantry::testing::MemoryStore store_;

    std::string hash(const std::string& path, CheckAlgorithm algorithm) {
        auto hasher = FileHasher::open(store_, {path, algorithm}, make_sha256);
        CPPUNIT_ASSERT(hasher.ok());
        while (!(*hasher)->complete()) CPPUNIT_ASSERT((*hasher)->step().ok());
        return to_hex((*hasher)->value());
    }
    ErrorCode refusal(const std::string& path, CheckAlgorithm algorithm, const MakeDigest& make) {
        auto hasher = FileHasher::open(store_, {path, algorithm}, make);
        CPPUNIT_ASSERT(!hasher);
        return hasher.error().code;
    }

  public:
    void setUp() override { store_.write_file("abc", "abc"); }

    // CRC-32C of "abc" from RFC 3720's polynomial, SHA-256 of "abc" from FIPS 180-4.
    void knows_each_algorithm() {
        const std::string sha = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        CPPUNIT_ASSERT_EQUAL(std::string("364b3fb7"), hash("abc", CheckAlgorithm::crc32c));
        CPPUNIT_ASSERT_EQUAL(sha, hash("abc", CheckAlgorithm::sha256));
        CPPUNIT_ASSERT_EQUAL(sha, hash("abc", CheckAlgorithm::merkle));  // one leaf is its own root
    }
    void goes_in_steps() {
        store_.write_file("large", std::string(limits::kHashStep + 1, 'x'));
        auto hasher = FileHasher::open(store_, {"large", CheckAlgorithm::crc32c}, {}).value();
        CPPUNIT_ASSERT(hasher->step().ok());
        CPPUNIT_ASSERT(hasher->hashed() == limits::kHashStep && !hasher->complete());
        CPPUNIT_ASSERT(hasher->step().ok());
        CPPUNIT_ASSERT(hasher->hashed() == limits::kHashStep + 1 && hasher->complete());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{limits::kHashStep + 1}, hasher->response().size);
    }
    void an_empty_file_is_done_in_one_step() {
        store_.write_file("empty", "");
        CPPUNIT_ASSERT_EQUAL(std::string("00000000"), hash("empty", CheckAlgorithm::crc32c));
        CPPUNIT_ASSERT_EQUAL(std::string(64, '0'), hash("empty", CheckAlgorithm::merkle));
    }
    void refuses_what_it_does_not_know() {
        const auto unsupported = ErrorCode::unsupported;
        CPPUNIT_ASSERT(unsupported == refusal("abc", static_cast<CheckAlgorithm>(9), make_sha256));
        CPPUNIT_ASSERT(unsupported == refusal("abc", CheckAlgorithm::sha256, {}));
    }
    void refuses_what_is_no_file() {
        store_.write_file("folder/x", "");
        const auto sha = CheckAlgorithm::sha256;
        CPPUNIT_ASSERT(ErrorCode::usage == refusal("folder", sha, make_sha256));
        CPPUNIT_ASSERT(ErrorCode::not_found == refusal("none", sha, make_sha256));
        CPPUNIT_ASSERT(ErrorCode::denied == refusal("../abc", sha, make_sha256));
    }
    void notices_a_file_that_changes() {
        store_.write_file("large", std::string(limits::kHashStep + 1, 'x'));
        auto hasher = FileHasher::open(store_, {"large", CheckAlgorithm::crc32c}, {}).value();
        CPPUNIT_ASSERT(hasher->step().ok());
        auto file = store_.open("large", OpenMode::read_write).value();
        const ByteView other = as_bytes("y");
        CPPUNIT_ASSERT(file->write_at(0, std::span(&other, 1)).ok());
        const auto outcome = hasher->step();
        CPPUNIT_ASSERT(!outcome && outcome.error().code == ErrorCode::source_changed);
    }
    void notices_a_file_that_becomes_shorter() {
        auto hasher = FileHasher::open(store_, {"abc", CheckAlgorithm::crc32c}, {}).value();
        CPPUNIT_ASSERT(store_.open("abc", OpenMode::read_write).value()->truncate(1).ok());
        const auto outcome = hasher->step();
        CPPUNIT_ASSERT(!outcome && outcome.error().code == ErrorCode::source_changed);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(FileHasherTest);

}  // namespace
