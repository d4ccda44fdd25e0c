#include <cppunit/extensions/HelperMacros.h>
#include <cs/core/piece_roots.h>
#include <support/sha256_digest.h>

using namespace gantry;
using namespace gantry::cs;

class PieceRootsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PieceRootsTest);
    CPPUNIT_TEST(the_root_of_the_pieces_is_that_of_the_bytes);
    CPPUNIT_TEST(each_piece_has_the_root_of_its_bytes);
    CPPUNIT_TEST(tells_a_piece_as_soon_as_it_is_complete);
    CPPUNIT_TEST_SUITE_END();

    static constexpr std::size_t kPiece = PieceMessage::kPiece;
    static std::unique_ptr<Digest> sha256() {
        return std::make_unique<gantry::testing::Sha256Digest>();
    }
    static Bytes content(std::size_t size) {
        Bytes out(size);
        for (std::size_t i = 0; i < size; ++i) out[i] = static_cast<std::byte>(i * 31 >> 5U);
        return out;
    }
    static MerkleRoot::Hash root_of(ByteView bytes) {
        MerkleRoot root(sha256());
        root.update(bytes);
        return root.finish();
    }
    static PieceRoots roots_of(ByteView bytes, std::size_t part) {
        PieceRoots roots(sha256(), sha256());
        for (; !bytes.empty(); bytes = bytes.subspan(std::min(part, bytes.size())))
            roots.update(bytes.first(std::min(part, bytes.size())));
        roots.finish();
        return roots;
    }

  public:
    void the_root_of_the_pieces_is_that_of_the_bytes() {
        for (const std::size_t size :
             {std::size_t{0}, std::size_t{1}, kPiece, kPiece + 1, 2 * kPiece, 3 * kPiece,
              3 * kPiece + 16384, 3 * kPiece + 500'000, 5 * kPiece + 20'000}) {
            const auto bytes = content(size);
            auto roots = roots_of(bytes, 300'000);
            CPPUNIT_ASSERT_EQUAL((size + kPiece - 1) / kPiece, roots.roots().size());
            CPPUNIT_ASSERT(root_of(bytes) == roots.root());
        }
    }
    void each_piece_has_the_root_of_its_bytes() {
        const auto bytes = content(2 * kPiece + 40'000);
        const auto roots = roots_of(bytes, 1'000'000).roots();
        for (std::size_t i = 0; i < 2; ++i)
            CPPUNIT_ASSERT(root_of(ByteView(bytes).subspan(i * kPiece, kPiece)) == roots.at(i));
        CPPUNIT_ASSERT(root_of(ByteView(bytes).subspan(2 * kPiece)) == roots.at(2));
    }
    void tells_a_piece_as_soon_as_it_is_complete() {
        PieceRoots roots(sha256(), sha256());
        roots.update(content(kPiece - 1));
        CPPUNIT_ASSERT(roots.roots().empty());
        roots.update(content(1));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, roots.roots().size());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(PieceRootsTest);
