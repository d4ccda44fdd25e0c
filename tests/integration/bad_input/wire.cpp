#include "wire.h"

namespace gantry::testing::wire {
namespace {

constexpr std::uint8_t kMagic = 0xC5;
constexpr std::uint8_t kVersion = 1;
constexpr std::uint16_t kPathTag = 0x0001;
constexpr std::uint16_t kSizeTag = 0x0003;
constexpr std::uint16_t kTotalTag = 0x0007;
constexpr std::size_t kErrorHeader = 4;

std::uint64_t read_number(std::string_view bytes) {
    std::uint64_t value = 0;
    for (const char byte : bytes) value = (value << 8) | static_cast<std::uint8_t>(byte);
    return value;
}

}  // namespace

std::string number(std::uint64_t value, std::size_t bytes) {
    std::string text(bytes, '\0');
    for (std::size_t i = bytes; i-- > 0; value >>= 8) text[i] = static_cast<char>(value & 0xFF);
    return text;
}

std::string header(std::uint8_t type, std::uint8_t service, std::uint32_t id,
                   std::uint32_t length) {
    return number(type, 1) + number(kMagic, 1) + number(kVersion, 1) + number(service, 1) +
           number(id, 4) + number(length, 4);
}

std::string frame(std::uint8_t type, std::uint8_t service, std::uint32_t id,
                  std::string_view body) {
    return header(type, service, id, static_cast<std::uint32_t>(kHeader + body.size())) +
           std::string(body);
}

std::string field(std::uint16_t tag, std::string_view value) {
    return number(tag, 2) + number(value.size(), 2) + std::string(value);
}

std::string file_request(std::uint32_t id, std::string_view path) {
    return frame(kRequest, kFile, id, field(kPathTag, path));
}

std::string listing_request(std::uint32_t id, std::string_view path) {
    return frame(kRequest, kListing, id, field(kPathTag, path));
}

std::string file_response(std::uint32_t id, std::uint64_t size) {
    return frame(kResponse, kFile, id, field(kSizeTag, number(size, 8)));
}

std::string file_end(std::uint32_t id, std::uint64_t total) {
    return frame(kEnd, kFile, id, field(kTotalTag, number(total, 8)));
}

Frame read_header(std::string_view bytes) {
    const auto at = [&](std::size_t offset, std::size_t count) {
        return read_number(bytes.substr(offset, count));
    };
    return {.type = static_cast<std::uint8_t>(at(0, 1)),
            .magic = static_cast<std::uint8_t>(at(1, 1)),
            .version = static_cast<std::uint8_t>(at(2, 1)),
            .service = static_cast<std::uint8_t>(at(3, 1)),
            .id = static_cast<std::uint32_t>(at(4, 4)),
            .length = static_cast<std::uint32_t>(at(8, 4)),
            .body = {}};
}

std::uint16_t error_code(const Frame& error) {
    return static_cast<std::uint16_t>(read_number(std::string_view(error.body).substr(2, 2)));
}

std::string error_text(const Frame& error) { return error.body.substr(kErrorHeader); }

}  // namespace gantry::testing::wire
