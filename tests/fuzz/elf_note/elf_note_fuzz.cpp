#include <gantry/plugin/manifest.h>
#include <host/loader/elf_note_reader.h>
#include <host/loader/limits.h>

#include <cstdlib>

// Any bytes either are refused with a sentence, or hold a descriptor's text that lies within them.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto bytes = std::as_bytes(std::span(data, size));
    gantry::host::MemorySource file(bytes);
    const auto text = gantry::host::read_plugin_note(file);
    if (!text && text.error().message.empty()) std::abort();
    if (text && text->size() > size) std::abort();
    if (text) (void)gantry::parse_descriptor(*text);
    // The notes alone, so that the walk is reached without a sound file around them.
    for (const auto alignment : {std::size_t{4}, std::size_t{8}}) {
        const auto found = gantry::host::find_plugin_note(bytes, alignment);
        if (found && found->size() > size) std::abort();
    }
    return 0;
}
