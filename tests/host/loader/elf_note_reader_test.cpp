#include <cppunit/extensions/HelperMacros.h>
#include <host/loader/elf_note_reader.h>
#include <host/loader/limits.h>

#include "image_builder.h"

using namespace gantry;
using namespace gantry::host;

namespace {

class ElfNoteReaderTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ElfNoteReaderTest);
    CPPUNIT_TEST(reads_the_section);
    CPPUNIT_TEST(reads_the_segment_of_a_file_without_sections);
    CPPUNIT_TEST(reads_a_segment_padded_to_eight);
    CPPUNIT_TEST(passes_over_other_notes);
    CPPUNIT_TEST(refuses_two_descriptors);
    CPPUNIT_TEST(says_that_a_library_without_a_note_is_no_plugin);
    CPPUNIT_TEST(refuses_what_is_no_elf_file);
    CPPUNIT_TEST(refuses_another_class_byte_order_machine_or_type);
    CPPUNIT_TEST(refuses_a_file_cut_off_anywhere);
    CPPUNIT_TEST(refuses_tables_that_lie_outside_or_in_the_header);
    CPPUNIT_TEST(refuses_tables_of_unsound_sizes);
    CPPUNIT_TEST(refuses_notes_larger_than_any_plugins);
    CPPUNIT_TEST(refuses_notes_whose_sizes_wrap_or_reach_out);
    CPPUNIT_TEST(a_section_name_that_reaches_out_is_no_match);
    CPPUNIT_TEST(refuses_a_descriptor_without_bytes);
    CPPUNIT_TEST_SUITE_END();

    static constexpr char kText[] = "{\"some\":\"json\"}";
    ImageBuilder image_{make_note(kText)};

    static Result<std::string> read(const std::string& bytes) {
        MemorySource source(as_bytes(bytes));
        return read_plugin_note(source);
    }
    Result<std::string> read() const { return read(image_.bytes()); }
    // The words of the refusal.
    static std::string refusal(const Result<std::string>& answer) {
        CPPUNIT_ASSERT(!answer.ok());
        return answer.error().message;
    }
    void expect(const std::string& words) const {
        const auto answer = read();
        const auto said = refusal(answer);
        CPPUNIT_ASSERT_MESSAGE(said, said.find(words) != std::string::npos);
        CPPUNIT_ASSERT(answer.error().code == ErrorCode::plugin);
    }

    void reads_the_section() { CPPUNIT_ASSERT_EQUAL(std::string(kText), read().value()); }
    void reads_the_segment_of_a_file_without_sections() {
        image_.header.e_shoff = 0;
        image_.header.e_shnum = 0;
        CPPUNIT_ASSERT_EQUAL(std::string(kText), read().value());
    }
    void reads_a_segment_padded_to_eight() {
        image_ = ImageBuilder(make_note("x", std::string("GNU\0", 4), 5, 8) +
                              make_note(kText, std::string("gantry\0", 7), 1, 8));
        image_.header.e_shnum = 0;
        image_.segment.p_align = 8;
        CPPUNIT_ASSERT_EQUAL(std::string(kText), read().value());
    }
    void passes_over_other_notes() {
        image_ = ImageBuilder(make_note("id", std::string("GNU\0", 4), 3) +
                              make_note("old", std::string("gantry\0", 7), 2) + make_note(kText) +
                              make_note("x", "gantry"));
        CPPUNIT_ASSERT_EQUAL(std::string(kText), read().value());
    }
    void refuses_two_descriptors() {
        image_ = ImageBuilder(make_note(kText) + make_note(kText));
        expect("more than one");
    }
    void says_that_a_library_without_a_note_is_no_plugin() {
        image_ = ImageBuilder(make_note("id", std::string("GNU\0", 4), 3));
        image_.sections[1].sh_name = 0;
        expect("no Gantry plugin");
    }
    void refuses_what_is_no_elf_file() {
        for (const std::string text : {"", "ELF",
                                       "#!/bin/sh\necho hello, this is a script that is "
                                       "long enough to hold a whole header\n"})
            CPPUNIT_ASSERT(refusal(read(text)).find("not an ELF file") != std::string::npos);
    }
    void refuses_another_class_byte_order_machine_or_type() {
        const ImageBuilder good = image_;
        image_.header.e_ident[EI_CLASS] = ELFCLASS32;
        expect("not a 64-bit library");
        image_ = good;
        image_.header.e_ident[EI_DATA] = ELFDATA2MSB;
        expect("other byte order");
        image_ = good;
        image_.header.e_machine = EM_RISCV;
        expect("another machine");
        image_ = good;
        image_.header.e_type = ET_EXEC;
        expect("no shared library");
    }
    void refuses_a_file_cut_off_anywhere() {
        const auto whole = image_.bytes();
        for (std::size_t size = 0; size < whole.size(); ++size)
            CPPUNIT_ASSERT_MESSAGE(std::to_string(size), !read(whole.substr(0, size)).ok());
    }
    void refuses_tables_that_lie_outside_or_in_the_header() {
        for (const std::uint64_t offset : {std::uint64_t{1}, std::uint64_t{1} << 40, UINT64_MAX}) {
            image_.header.e_shoff = offset;
            expect("section headers lie outside");
        }
        image_.header.e_shnum = 0;
        for (const std::uint64_t offset : {std::uint64_t{0}, UINT64_MAX - 8}) {
            image_.header.e_phoff = offset;
            expect("program headers lie outside");
        }
    }
    void refuses_tables_of_unsound_sizes() {
        const ImageBuilder good = image_;
        image_.header.e_shentsize = 8;
        expect("section headers have no sound size");
        image_ = good;
        image_.header.e_shnum = loader_limits::kSections + 1;
        expect("section headers have no sound size");
        image_ = good;
        image_.header.e_shstrndx = 3;
        expect("names are in no section");
        image_ = good;
        image_.header.e_shnum = 0;
        image_.header.e_phentsize = 1;
        expect("program headers have no sound size");
        image_.header.e_phentsize = sizeof(Elf64_Phdr);
        image_.header.e_phnum = loader_limits::kProgramHeaders + 1;
        expect("program headers have no sound size");
        image_.header.e_phnum = 0;
        expect("neither sections nor segments");
    }
    void refuses_notes_larger_than_any_plugins() {
        image_.sections[1].sh_size = loader_limits::kNoteBytes + 1;
        expect("larger than any plugin's");
        image_.sections[1].sh_size = UINT64_MAX;
        expect("larger than any plugin's");
    }
    void refuses_notes_whose_sizes_wrap_or_reach_out() {
        for (const auto field : {std::size_t{0}, std::size_t{4}})
            for (const std::uint32_t size : {UINT32_MAX, UINT32_MAX - 11, std::uint32_t{1000}}) {
                image_ = ImageBuilder(make_note(kText));
                std::memcpy(image_.notes.data() + field, &size, sizeof(size));
                expect("longer than what holds it");
            }
        image_ = ImageBuilder(make_note(kText));
        image_.sections[1].sh_size = 8;
        expect("cut off in its header");
        image_.sections[1].sh_offset = UINT64_MAX - 4;
        expect("notes lie outside");
    }
    void a_section_name_that_reaches_out_is_no_match() {
        image_.header.e_phnum = 0;
        for (const std::uint32_t name : {UINT32_MAX, std::uint32_t{30}}) {
            image_.sections[1].sh_name = name;
            expect("neither sections nor segments");
        }
        image_.sections[1].sh_name = 1;
        image_.sections[2].sh_offset = UINT64_MAX - 10;
        expect("neither sections nor segments");
    }
    void refuses_a_descriptor_without_bytes() {
        image_.sections[1].sh_type = SHT_NOBITS;
        expect("no bytes in the file");
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ElfNoteReaderTest);

}  // namespace
