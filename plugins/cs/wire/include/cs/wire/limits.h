#pragma once

#include <cstddef>
#include <cstdint>

// The sizes of docs/protocols/cs.md section 3 that a frame's bytes alone can break.
namespace gantry::cs::limits {

inline constexpr std::size_t kMaxDataBody = 2 * 1024 * 1024;  // of a data frame of a file
inline constexpr std::size_t kMaxBody = 64 * 1024;            // of every other frame
inline constexpr std::size_t kMinWindow = 64 * 1024;          // that a HELLO may announce
inline constexpr std::size_t kMaxPath = 4095;
inline constexpr std::size_t kMaxErrorText = 1024;
inline constexpr std::size_t kMaxIdentity = 64;  // of a file's state
inline constexpr std::size_t kMaxGlob = 512;
inline constexpr std::size_t kMaxCursor = 4096;

// Of the encrypted file service.
inline constexpr std::size_t kSealKeyId = 16;
inline constexpr std::size_t kSealRandom = 32;
inline constexpr std::size_t kSealProof = 16;

// Of the classic wire (docs/protocols/cs-classic.md section 3).
inline constexpr std::uint16_t kClassicVersion = 1;
inline constexpr std::size_t kClassicData = 1024;               // of one packet that is sent
inline constexpr std::size_t kMaxCatalogue = 64 * 1024 * 1024;  // bytes of text that are taken

}  // namespace gantry::cs::limits
