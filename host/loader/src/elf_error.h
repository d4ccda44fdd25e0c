#pragma once

#include <gantry/core/error.h>

#include <string>

namespace gantry::host {

inline Error elf_error(std::string message) {
    return make_error(ErrorCode::plugin, "loader", std::move(message));
}

// A sound library without a descriptor; find_plugin_note answers it, and is asked about the next
// segment.
inline Error no_descriptor() {
    return make_error(ErrorCode::not_found, "loader",
                      "it is a shared library, but no Gantry plugin: it has no "
                      ".note.gantry.plugin; build it with gantry_add_plugin");
}

}  // namespace gantry::host
