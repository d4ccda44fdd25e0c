#pragma once

#include <gantry/core/result.h>
#include <host/loader/byte_source.h>

#include <string>

namespace gantry::host {

// Reads the descriptor's text out of an ELF64 file of this machine: the one note named "gantry" of
// type 1 in the section .note.gantry.plugin or, in a file without section headers, in a segment of
// type PT_NOTE (gABI chapters 4 and 5, "Note Section").
//
// The bytes are foreign: every offset and size is checked against the file and against
// loader_limits before it is used. Errors are ErrorCode::plugin and say what is wrong with the
// file.
Result<std::string> read_plugin_note(ByteSource& file);

// The text of the one gantry note in `notes`, whose entries are padded to `alignment` (4 or 8).
Result<std::string> find_plugin_note(ByteView notes, std::size_t alignment);

}  // namespace gantry::host
