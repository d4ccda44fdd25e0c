#include <gantry/plugin/manifest.h>

#include <cstdlib>

// Any bytes either are refused with a place and a sentence, or make a manifest whose names can be
// printed and looked up.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto descriptor = gantry::parse_descriptor(text);
    if (!descriptor && descriptor.error().message.empty()) std::abort();
    const auto manifest = gantry::parse_manifest(text);
    if (!manifest) return 0;
    if (manifest->name.empty() || manifest->group.empty()) std::abort();
    for (const auto& command : manifest->commands)
        if (!command.name.starts_with(manifest->group + " ")) std::abort();
    return 0;
}
