#include <gantry/plugin/note.h>
#include <host/loader/elf_note_reader.h>

#include <algorithm>
#include <optional>

#include "elf_error.h"

namespace gantry::host {

namespace {

struct NoteHeader {
    std::uint32_t name_size = 0;
    std::uint32_t descriptor_size = 0;
    std::uint32_t type = 0;
};

constexpr std::string_view kOwner{"gantry\0", 7};

std::uint64_t align_up(std::uint64_t value, std::uint64_t alignment) {
    return (value + alignment - 1) / alignment * alignment;
}

// One note at the front of `rest`, which is moved behind it.
struct Note {
    std::string_view name;
    std::string_view text;
    std::uint32_t type = 0;
};

Result<Note> take_note(ByteView& rest, std::size_t alignment) {
    NoteHeader header;
    if (rest.size() < sizeof(header)) return elf_error("a note is cut off in its header");
    std::copy_n(rest.begin(), sizeof(header),
                std::as_writable_bytes(std::span(&header, 1)).begin());
    // In 64 bits, so that no sum of 32-bit sizes wraps.
    const std::uint64_t text_at =
        align_up(sizeof(header) + std::uint64_t{header.name_size}, alignment);
    const std::uint64_t end = text_at + header.descriptor_size;
    if (end > rest.size()) return elf_error("a note is longer than what holds it");
    const auto all = as_text(rest);
    const Note note{all.substr(sizeof(header), header.name_size),
                    all.substr(static_cast<std::size_t>(text_at), header.descriptor_size),
                    header.type};
    const auto next = std::min<std::uint64_t>(align_up(end, alignment), rest.size());
    rest = rest.subspan(static_cast<std::size_t>(next));
    return note;
}

}  // namespace

Result<std::string> find_plugin_note(ByteView notes, std::size_t alignment) {
    std::optional<std::string> found;
    while (!notes.empty()) {
        const auto note = take_note(notes, alignment);
        if (!note) return note.error();
        if (note->type != kNoteType || note->name != kOwner) continue;
        if (found) return elf_error("it has more than one plugin descriptor");
        found = std::string(note->text);
    }
    if (!found) return no_descriptor();
    return std::move(*found);
}

}  // namespace gantry::host
