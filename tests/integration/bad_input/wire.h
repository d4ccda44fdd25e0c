#pragma once

#include <cstdint>
#include <string>
#include <string_view>

// The cs1 frames of docs/protocols/cs.md section 2, written down once more and apart from the
// plugin's own code, so that a test can also send what that code never would.
namespace gantry::testing::wire {

inline constexpr std::uint8_t kHello = 128;  // skipped by a server that does not know it
inline constexpr std::uint8_t kRequest = 1;
inline constexpr std::uint8_t kResponse = 2;
inline constexpr std::uint8_t kData = 3;
inline constexpr std::uint8_t kEnd = 4;
inline constexpr std::uint8_t kError = 5;
inline constexpr std::uint8_t kFile = 0;
inline constexpr std::uint8_t kListing = 2;
inline constexpr std::uint8_t kEcho = 3;
inline constexpr std::size_t kHeader = 12;

// A number in `bytes` bytes, big-endian.
std::string number(std::uint64_t value, std::size_t bytes);
// A header that claims a frame of `length` bytes, whatever follows.
std::string header(std::uint8_t type, std::uint8_t service, std::uint32_t id, std::uint32_t length);
std::string frame(std::uint8_t type, std::uint8_t service, std::uint32_t id, std::string_view body);
std::string field(std::uint16_t tag, std::string_view value);

std::string file_request(std::uint32_t id, std::string_view path);
std::string listing_request(std::uint32_t id, std::string_view path);
// The response to a file request, without a check.
std::string file_response(std::uint32_t id, std::uint64_t size);
std::string file_end(std::uint32_t id, std::uint64_t total);

struct Frame {
    std::uint8_t type = 0;
    std::uint8_t magic = 0;
    std::uint8_t version = 0;
    std::uint8_t service = 0;
    std::uint32_t id = 0;
    std::uint32_t length = 0;
    std::string body;
};
// The header at the front of `bytes`, of which there are at least kHeader.
Frame read_header(std::string_view bytes);
// The code and the text of an error frame's body.
std::uint16_t error_code(const Frame& error);
std::string error_text(const Frame& error);

}  // namespace gantry::testing::wire
