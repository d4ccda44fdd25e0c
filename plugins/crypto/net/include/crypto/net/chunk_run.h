#pragma once

#include <crypto/core/chunk_stream.h>

#include <cstdint>
#include <vector>

namespace gantry::crypto {

// How the bytes of a file stand: as the person's text, or as chunks with their tags.
enum class Form : std::uint8_t { text, sealed };

// The chunks of a file are moved in runs, one at a time in each thread's buffer: large enough that
// a system call costs little beside it, small enough that it stays in a core's cache.
inline constexpr std::size_t kRunChunks = 4;
inline constexpr std::size_t kRunSize = kRunChunks * kChunkSize;

struct ChunkRun {
    std::uint64_t number = 0;  // of the run, from 0
    std::size_t size = 0;      // of its chunks with their tags
    bool ends = false;         // it is the file's last
};

// Bytes of a whole run in that form.
constexpr std::size_t unit_of(Form form) noexcept {
    return kRunChunks * (form == Form::text ? kChunkText : kChunkSize);
}

// The parts of a run's buffer that are read or written when the bytes stand in that form.
template <class Part, class Bytes>
std::vector<Part> parts_of(Bytes run, Form form) {
    std::vector<Part> parts;
    if (form == Form::sealed)
        parts.emplace_back(run);
    else
        for_each_text(run, [&](Bytes text) { parts.emplace_back(text); });
    return parts;
}

}  // namespace gantry::crypto
