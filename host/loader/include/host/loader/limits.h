#pragma once

#include <gantry/core/units.h>
#include <gantry/plugin/manifest.h>

#include <cstddef>

// What a plugin, or the file of one, can make grow.
namespace gantry::host::loader_limits {

inline constexpr std::size_t kSections = 4096;      // of an ELF file
inline constexpr std::size_t kProgramHeaders = 64;  // of an ELF file
inline constexpr std::size_t kSectionName = 64;     // read of one
// A section or segment of notes: the descriptor and some room for others.
inline constexpr std::size_t kNoteBytes = manifest_limits::kBytes + 64 * 1024;
inline constexpr std::size_t kPlugins = 256;  // files read of one folder

inline constexpr std::size_t kBlockingCommands = 32;  // of one plugin at once
inline constexpr std::size_t kRunningCommands = 256;  // of one plugin at once, blocking or not
inline constexpr std::size_t kPoolThreads = 4;        // of one plugin

// How long Plugin::start may take.
inline constexpr Duration kStart = std::chrono::seconds(30);
// The drain of each plugin when the host ends.
inline constexpr Duration kExit = std::chrono::seconds(3);
// What joining a plugin's threads gets at least, when the drain is shorter.
inline constexpr Duration kJoin = std::chrono::seconds(2);

}  // namespace gantry::host::loader_limits
