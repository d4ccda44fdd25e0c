#pragma once

#include <gantry/core/result.h>
#include <gantry/core/strong.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace gantry {

using ByteCount = Strong<struct ByteCountTag, std::uint64_t>;
using BytesPerSecond = Strong<struct BytesPerSecondTag, std::uint64_t>;
using JobId = Strong<struct JobIdTag, std::uint64_t>;  // 1, 2, 3 ...; 0 is no job
using Duration = std::chrono::nanoseconds;

// For people and JSON; a program counts in Duration.
inline double to_seconds(Duration d) noexcept { return std::chrono::duration<double>(d).count(); }
inline double to_milliseconds(Duration d) noexcept {
    return std::chrono::duration<double, std::milli>(d).count();
}

// Borrowed bytes. The owner is named where they are passed.
using ByteView = std::span<const std::byte>;
using ByteSpan = std::span<std::byte>;

inline ByteView as_bytes(std::string_view text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}
inline std::string_view as_text(ByteView bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// "4096", "512KiB", "1.5MB", "2G" (a bare letter is binary). Case of the unit does not matter.
Result<ByteCount> parse_size(std::string_view text);
// As parse_size, with an optional "/s": "10MB/s".
Result<BytesPerSecond> parse_rate(std::string_view text);
// "10s", "250ms", "30m", "2h"; a bare number is seconds.
Result<Duration> parse_duration(std::string_view text);

// For people, three significant digits and binary units: "1.50 GiB", "12.3 MiB/s", "1m 05s".
std::string format_size(ByteCount bytes);
std::string format_rate(BytesPerSecond rate);
std::string format_duration(Duration duration);

}  // namespace gantry
