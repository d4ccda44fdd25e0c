#pragma once

#include <cstddef>

// What a script or a line may make grow.
namespace gantry::host::shell_limits {

inline constexpr std::size_t kScriptBytes = 1024 * 1024;
inline constexpr std::size_t kCommands = 16 * 1024;    // of one script
inline constexpr std::size_t kWords = 4096;            // of one command
inline constexpr std::size_t kValueBytes = 64 * 1024;  // of one expanded word
inline constexpr std::size_t kVariables = 4096;
inline constexpr std::size_t kAliases = 1024;
inline constexpr std::size_t kAliasDepth = 16;
inline constexpr std::size_t kSourceDepth = 16;
inline constexpr std::size_t kBackground = 256;             // commands in the background at once
inline constexpr std::size_t kCompletions = 512;            // offered for one word
inline constexpr std::size_t kQueuedOutput = 256 * 1024;    // while a line is being typed
inline constexpr std::size_t kHistoryLineBytes = 8 * 1024;  // longer lines are not kept

}  // namespace gantry::host::shell_limits
