#pragma once

#include <elf.h>

#include <cstring>
#include <string>
#include <vector>

namespace gantry::host {

// A note as the gABI lays it out, padded to `alignment`.
inline std::string make_note(const std::string& text, const std::string& name = {"gantry\0", 7},
                             std::uint32_t type = 1, std::size_t alignment = 4) {
    const std::uint32_t head[] = {static_cast<std::uint32_t>(name.size()),
                                  static_cast<std::uint32_t>(text.size()), type};
    std::string note(reinterpret_cast<const char*>(head), sizeof(head));
    const auto pad = [&] { note.resize((note.size() + alignment - 1) / alignment * alignment); };
    note += name;
    pad();
    note += text;
    pad();
    return note;
}

// A small shared library's file: a header, one program header, the notes, the section names and
// three section headers (none, notes, names), each open to be spoilt before bytes() is called.
struct ImageBuilder {
    Elf64_Ehdr header{};
    Elf64_Phdr segment{};
    Elf64_Shdr sections[3]{};
    std::string notes;
    std::string names{"\0.note.gantry.plugin\0.shstrtab\0", 31};

    explicit ImageBuilder(std::string n) : notes(std::move(n)) {
        std::memcpy(header.e_ident, ELFMAG, SELFMAG);
        header.e_ident[EI_CLASS] = ELFCLASS64;
        header.e_ident[EI_DATA] = ELFDATA2LSB;
        header.e_type = ET_DYN;
#if defined(__x86_64__)
        header.e_machine = EM_X86_64;
#else
        header.e_machine = EM_AARCH64;
#endif
        header.e_phoff = sizeof(header);
        header.e_phentsize = sizeof(segment);
        header.e_phnum = 1;
        const std::uint64_t notes_at = sizeof(header) + sizeof(segment);
        segment.p_type = PT_NOTE;
        segment.p_offset = notes_at;
        segment.p_filesz = notes.size();
        segment.p_align = 4;
        sections[1].sh_name = 1;
        sections[1].sh_type = SHT_NOTE;
        sections[1].sh_offset = notes_at;
        sections[1].sh_size = notes.size();
        sections[1].sh_addralign = 4;
        sections[2].sh_name = 21;
        sections[2].sh_type = SHT_STRTAB;
        sections[2].sh_offset = notes_at + notes.size();
        sections[2].sh_size = names.size();
        header.e_shoff = sections[2].sh_offset + names.size();
        header.e_shentsize = sizeof(Elf64_Shdr);
        header.e_shnum = 3;
        header.e_shstrndx = 2;
    }
    std::string bytes() const {
        std::string all(reinterpret_cast<const char*>(&header), sizeof(header));
        all.append(reinterpret_cast<const char*>(&segment), sizeof(segment));
        all += notes + names;
        all.append(reinterpret_cast<const char*>(sections), sizeof(sections));
        return all;
    }
};

}  // namespace gantry::host
