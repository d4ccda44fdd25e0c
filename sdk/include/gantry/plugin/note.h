#pragma once

#include <gantry/plugin/abi.h>

#include <cstddef>
#include <cstdint>

// The ELF note that carries a plugin's descriptor. The build makes one source file per plugin that
// includes plugin.json as a string literal and places it with GANTRY_NOTE.
//
// Layout (gABI chapter 5, "Note Section"): namesz, descsz, type in the machine's byte order, the
// name "gantry\0" padded to 8, the descriptor as JSON text, padded to 4. The descriptor is
// {"abi":{"major":N,"minor":N},"fingerprint":"...","manifest":{...}}; docs/plugin-descriptor.md has
// the members of the manifest.
namespace gantry {

inline constexpr char kNoteSection[] = ".note.gantry.plugin";
inline constexpr std::uint32_t kNoteType = 1;

namespace detail {

template <std::size_t Size>
struct Note {
    std::uint32_t name_size = 7;
    std::uint32_t descriptor_size = Size - 1;  // without the literal's NUL
    std::uint32_t type = kNoteType;
    char name[8] = "gantry";
    char descriptor[(Size + 2) / 4 * 4];  // Size - 1, rounded up to 4
};

template <std::size_t Size>
constexpr Note<Size> make_note(const char (&text)[Size]) {
    Note<Size> note{.descriptor = {}};
    for (std::size_t i = 0; i + 1 < Size; ++i) note.descriptor[i] = text[i];
    return note;
}

}  // namespace detail
}  // namespace gantry

// clang's address sanitizer would put red zones around the note, which are not a note.
#if defined(__clang__)
#define GANTRY_NOTE_ALONE __attribute__((no_sanitize("address")))
#else
#define GANTRY_NOTE_ALONE
#endif

#define GANTRY_NOTE(manifest_literal)                                                       \
    GANTRY_NOTE_ALONE __attribute__((section(".note.gantry.plugin"), used,                  \
                                     aligned(4))) static constexpr auto gantry_note =       \
        ::gantry::detail::make_note(                                                        \
            "{\"abi\":{\"major\":" GANTRY_TEXT(GANTRY_ABI_MAJOR) ",\"minor\":" GANTRY_TEXT( \
                GANTRY_ABI_MINOR) "},\"fingerprint\":\"" GANTRY_FINGERPRINT                 \
                                  "\",\"manifest\":" manifest_literal "}");
