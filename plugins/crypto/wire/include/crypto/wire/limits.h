#pragma once

#include <cstddef>
#include <cstdint>

// The limits of docs/protocols/crypto.md sections 2 and 3: files can come from anyone.
namespace gantry::crypto::limits {

inline constexpr unsigned kMinScryptLog2N = 10;
inline constexpr unsigned kMaxScryptLog2N = 20;
inline constexpr std::uint32_t kScryptR = 8;
inline constexpr std::uint32_t kMaxScryptP = 4;
inline constexpr std::uint64_t kMaxChunks = std::uint64_t{1} << 32;  // of one file
inline constexpr std::size_t kMaxPassphrase = 1024;                  // bytes
inline constexpr std::size_t kMaxKeyFile = 4096;                     // bytes
inline constexpr std::size_t kMaxKeyName = 64;                       // bytes

}  // namespace gantry::crypto::limits
