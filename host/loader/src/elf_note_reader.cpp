#include <elf.h>
#include <gantry/plugin/note.h>
#include <host/loader/elf_note_reader.h>
#include <host/loader/limits.h>

#include <algorithm>
#include <cstring>
#include <optional>
#include <vector>

#include "elf_error.h"

namespace gantry::host {

namespace {

#if defined(__x86_64__)
constexpr Elf64_Half kMachine = EM_X86_64;
#else
constexpr Elf64_Half kMachine = EM_AARCH64;
#endif

// `count` values of T at `offset`, which must lie behind the file's header.
template <class T>
Result<std::vector<T>> read_table(ByteSource& file, std::uint64_t offset, std::size_t count,
                                  const char* name) {
    const std::uint64_t bytes = std::uint64_t{count} * sizeof(T);
    if (offset < sizeof(Elf64_Ehdr) || offset > file.size() || bytes > file.size() - offset)
        return elf_error(std::string("its ") + name +
                         " lie outside the file: it is cut off or damaged");
    std::vector<T> table(count);
    auto read = file.read(offset, std::as_writable_bytes(std::span(table)));
    if (!read) return std::move(read).error();
    return table;
}

Result<void> check_header(const Elf64_Ehdr& header) {
    if (std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0)
        return elf_error("it is not an ELF file, so no shared library");
    if (header.e_ident[EI_CLASS] != ELFCLASS64) return elf_error("it is not a 64-bit library");
    if (header.e_ident[EI_DATA] != ELFDATA2LSB)
        return elf_error("it is for a machine of the other byte order");
    if (header.e_machine != kMachine)
        return elf_error("it is for another machine (ELF machine " +
                         std::to_string(header.e_machine) + ", this one is " +
                         std::to_string(kMachine) + ")");
    if (header.e_type != ET_DYN)
        return elf_error("it is an ELF file, but no shared library (type " +
                         std::to_string(header.e_type) + ")");
    return {};
}

Result<Elf64_Ehdr> read_header(ByteSource& file) {
    Elf64_Ehdr header{};
    auto raw = std::as_writable_bytes(std::span(&header, 1));
    if (file.size() < raw.size()) {
        if (auto read = file.read(0, raw.first(static_cast<std::size_t>(file.size()))); !read)
            return std::move(read).error();
        if (file.size() < SELFMAG || std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0)
            return elf_error("it is not an ELF file, so no shared library");
        return elf_error("it is cut off in its first header");
    }
    if (auto read = file.read(0, raw); !read) return std::move(read).error();
    if (auto sound = check_header(header); !sound) return std::move(sound).error();
    return header;
}

Result<std::string> read_notes(ByteSource& file, std::uint64_t offset, std::uint64_t size,
                               std::uint64_t alignment) {
    if (size > loader_limits::kNoteBytes)
        return elf_error("its notes are larger than any plugin's (" + std::to_string(size) +
                         " bytes)");
    const auto bytes = read_table<std::byte>(file, offset, static_cast<std::size_t>(size), "notes");
    if (!bytes) return bytes.error();
    return find_plugin_note(*bytes, alignment == 8 ? 8 : 4);
}

// Whether the section's name is the note's. A name beyond the table is no match, and no fault: only
// the names that matter must be sound.
bool is_note_section(ByteSource& file, const Elf64_Shdr& names, const Elf64_Shdr& section) {
    std::byte name[sizeof(kNoteSection)];
    if (section.sh_name >= names.sh_size || names.sh_size - section.sh_name < sizeof(name) ||
        names.sh_offset > file.size() || section.sh_name > file.size() - names.sh_offset)
        return false;
    if (!file.read(names.sh_offset + section.sh_name, name)) return false;
    return std::memcmp(name, kNoteSection, sizeof(name)) == 0;
}

// Nothing when the file has no such section.
Result<std::optional<std::string>> read_from_sections(ByteSource& file, const Elf64_Ehdr& header) {
    using Found = std::optional<std::string>;
    if (header.e_shoff == 0 || header.e_shnum == 0) return Found();
    if (header.e_shentsize != sizeof(Elf64_Shdr) || header.e_shnum > loader_limits::kSections)
        return elf_error("its section headers have no sound size");
    const auto sections =
        read_table<Elf64_Shdr>(file, header.e_shoff, header.e_shnum, "section headers");
    if (!sections) return sections.error();
    if (header.e_shstrndx >= sections->size())
        return elf_error("its section names are in no section");
    const Elf64_Shdr& names = (*sections)[header.e_shstrndx];
    const auto at = std::find_if(sections->begin(), sections->end(), [&](const Elf64_Shdr& s) {
        return is_note_section(file, names, s);
    });
    if (at == sections->end()) return Found();
    if (at->sh_type == SHT_NOBITS) return elf_error("its descriptor has no bytes in the file");
    auto text = read_notes(file, at->sh_offset, at->sh_size, at->sh_addralign);
    if (!text) return std::move(text).error();
    return Found(std::move(*text));
}

Result<std::string> read_from_segments(ByteSource& file, const Elf64_Ehdr& header) {
    if (header.e_phnum == 0) return elf_error("it has neither sections nor segments");
    if (header.e_phentsize != sizeof(Elf64_Phdr) || header.e_phnum > loader_limits::kProgramHeaders)
        return elf_error("its program headers have no sound size");
    const auto segments =
        read_table<Elf64_Phdr>(file, header.e_phoff, header.e_phnum, "program headers");
    if (!segments) return segments.error();
    for (const Elf64_Phdr& segment : *segments) {
        if (segment.p_type != PT_NOTE) continue;
        auto text = read_notes(file, segment.p_offset, segment.p_filesz, segment.p_align);
        if (text || text.error().code != ErrorCode::not_found) return text;
    }
    return no_descriptor();
}

}  // namespace

Result<std::string> read_plugin_note(ByteSource& file) {
    const auto header = read_header(file);
    if (!header) return header.error();
    auto found = read_from_sections(file, *header);
    if (!found) return std::move(found).error();
    if (*found) return std::move(**found);
    auto text = read_from_segments(file, *header);
    if (!text) text.error().code = ErrorCode::plugin;
    return text;
}

}  // namespace gantry::host
