#include <cppunit/extensions/HelperMacros.h>
#include <gantry/crypto/merkle_root.h>
#include <support/sha256_digest.h>

using namespace gantry;

namespace {

struct Known {
    std::size_t size;
    const char* root;
};

// Of the bytes that content() makes; computed by another program from the text of BEP 52.
constexpr Known kKnown[] = {
    {0, "0000000000000000000000000000000000000000000000000000000000000000"},
    {1, "dabd3aff769f07eb2965401eb029974ebba3407afd02b26ddb564ea5f8efae72"},
    {16383, "50d705345339e70e70f2a549783b10d2c69a251569af563a047f6c94216baff6"},
    {16384, "fbbbb42bbdf4eeb785dd3984d888a5a2a438d4ffb345ed5ea12f061d86a54b77"},
    {16385, "64b6ae3a4b1cc9cc7d0eebc8eae0008d1bd979f4533929ed27e20f10ae7c0500"},
    {32768, "7c417b449678e38129415fbea40bd39553ee9911c807247ad02e0cbd0ba19d9c"},
    {49152, "c75b4404f3e664688fcdb2c3bdd3d0ba2b74a78cff975139f1a6f2621997b84d"},
    {81927, "92da0c0900a744f7a8ee277fd61cc51bd7d73e6c36ea5a4e0b012a9b40669760"},
    {131072, "a5d40cc05ccdd3ad2cfd02d63a2bf040551c961cabfc09bfbfd271d577bc42a9"},
    {180224, "16bb7bbdf3e6da6591d38c96aceb1f9614e4c0f7127d43bad84634c52f312b92"},
    {300000, "2ad7eea2b397e2006057b3bff01ba8a953b44757168fb215acc91ad96672815c"},
    {1000003, "86287c2907f3db42ed897925e271c5df24a81aa4b81c94e581abaed444ab866d"},
};

std::vector<std::byte> content(std::size_t size) {
    std::vector<std::byte> out(size);
    std::uint32_t x = 1;
    for (auto& b : out) b = static_cast<std::byte>((x = x * 1664525 + 1013904223) >> 24U);
    return out;
}

class MerkleRootTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(MerkleRootTest);
    CPPUNIT_TEST(knows_the_roots_of_another_program);
    CPPUNIT_TEST(the_cuts_make_no_difference);
    CPPUNIT_TEST(starts_anew_after_each_root);
    CPPUNIT_TEST(a_changed_bit_changes_the_root);
    CPPUNIT_TEST_SUITE_END();

    MerkleRoot root_{std::make_unique<testing::Sha256Digest>()};

  public:
    void knows_the_roots_of_another_program() {
        for (const auto& known : kKnown) {
            MerkleRoot root(std::make_unique<testing::Sha256Digest>());
            root.update(content(known.size));
            CPPUNIT_ASSERT_EQUAL(std::string(known.root), to_hex(root.finish()));
        }
    }
    void the_cuts_make_no_difference() {
        const auto bytes = content(81927);
        for (const std::size_t part : {std::size_t{1}, std::size_t{7}, std::size_t{16384},
                                       std::size_t{16385}, std::size_t{50000}}) {
            ByteView rest(bytes);
            while (!rest.empty()) {
                const auto now = rest.first(std::min(part, rest.size()));
                root_.update(now);
                rest = rest.subspan(now.size());
            }
            CPPUNIT_ASSERT_EQUAL(std::string(kKnown[7].root), to_hex(root_.finish()));
        }
    }
    void starts_anew_after_each_root() {
        for (const auto& known : kKnown) {
            root_.update(content(known.size));
            CPPUNIT_ASSERT_EQUAL(std::string(known.root), to_hex(root_.finish()));
        }
    }
    void a_changed_bit_changes_the_root() {
        auto bytes = content(49152);
        for (const std::size_t at : {std::size_t{0}, std::size_t{16384}, std::size_t{49151}}) {
            bytes[at] ^= std::byte{1};
            root_.update(bytes);
            CPPUNIT_ASSERT(std::string(kKnown[6].root) != to_hex(root_.finish()));
            bytes[at] ^= std::byte{1};
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MerkleRootTest);

}  // namespace
