#include <cppunit/extensions/HelperMacros.h>
#include <gantry/storage/file_store.h>
#include <gantry/storage/part_name.h>

namespace gantry {
namespace {

// Gives the bytes 0, 1, 2 ...: the letters "a", "b", "c" ... of a name.
class Counting final : public Random {
  public:
    void fill(ByteSpan out) noexcept override {
        for (auto& byte : out) byte = static_cast<std::byte>(next_++);
    }

  private:
    unsigned next_ = 0;
};

class PartNameTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PartNameTest);
    CPPUNIT_TEST(names_the_target_the_program_and_six_letters);
    CPPUNIT_TEST(knows_what_it_made_and_nothing_else);
    CPPUNIT_TEST(cuts_a_long_name_to_fit);
    CPPUNIT_TEST(cuts_no_character_in_half);
    CPPUNIT_TEST(a_tag_makes_a_name_that_is_found_again);
    CPPUNIT_TEST(a_number_has_a_tag_of_its_own);
    CPPUNIT_TEST_SUITE_END();

    void names_the_target_the_program_and_six_letters() {
        Counting random;
        CPPUNIT_ASSERT_EQUAL(std::string(".photo.jpg.gantry-abcdef.part"),
                             make_part_name("photo.jpg", random));
        CPPUNIT_ASSERT_EQUAL(std::string(".x.gantry-ghijkl.part"), make_part_name("x", random));
    }

    void knows_what_it_made_and_nothing_else() {
        Counting random;
        for (const char* name : {"x", "photo.jpg", ".hidden", ".a.gantry-abcdef.part"})
            CPPUNIT_ASSERT(is_part_name(make_part_name(name, random)));
        for (const char* name :
             {"", ".", "..", "x", ".part", ".gantry-abcdef.part", "x.gantry-abcdef.part",
              ".x.gantry-abcde.part", ".x.gantry-abcdefg.part", ".x.gantry-ABCDEF.part",
              ".x.gantry-abcdef.par", ".x.gantry_abcdef.part"})
            CPPUNIT_ASSERT_MESSAGE(name, !is_part_name(name));
    }

    void cuts_a_long_name_to_fit() {
        Counting random;
        const std::string long_name(FileStore::kMaxComponent, 'n');
        const std::string name = make_part_name(long_name, random);
        CPPUNIT_ASSERT_EQUAL(FileStore::kMaxComponent, name.size());
        CPPUNIT_ASSERT(is_part_name(name));
    }

    void a_tag_makes_a_name_that_is_found_again() {
        CPPUNIT_ASSERT_EQUAL(std::string(".x.gantry-resume.part"),
                             tagged_part_name("x", "resume").value());
        CPPUNIT_ASSERT(is_part_name(*tagged_part_name("x", "resume")));
        CPPUNIT_ASSERT(!tagged_part_name(std::string(FileStore::kMaxComponent, 'n'), "resume"));
        CPPUNIT_ASSERT(!tagged_part_name("", "resume"));
    }

    void a_number_has_a_tag_of_its_own() {
        CPPUNIT_ASSERT_EQUAL(std::string("aaaaaa"), make_part_tag(0));
        CPPUNIT_ASSERT_EQUAL(std::string("9baaaa"), make_part_tag(35 + 36));
        CPPUNIT_ASSERT(is_part_name(*tagged_part_name("x", make_part_tag(~std::uint64_t{0}))));
    }

    void cuts_no_character_in_half() {
        Counting random;
        const std::string front(234, 'n');
        const std::string name = make_part_name(front + "\xe2\x82\xac and more of it", random);
        CPPUNIT_ASSERT_EQUAL("." + front + ".gantry-abcdef.part", name);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PartNameTest);

}  // namespace
}  // namespace gantry
