#pragma once

#include <cs/wire/frame_header.h>

#include <optional>
#include <string>

namespace gantry::cs {

// What the classic wire offers (docs/protocols/cs-classic.md). Other values are legal in a request.
enum class ClassicService : std::uint16_t { file = 0, encrypted_file = 1, catalogue = 2 };

// The one request of a classic connection.
struct ClassicRequest {
    static constexpr std::size_t kSize = 208;
    static constexpr std::size_t kMaxName = 200;

    ClassicService service = ClassicService::file;
    std::uint16_t id = 0;
    std::string name;  // as the peer sent it, without the NULs at its end: not checked

    // ErrorCode::usage when the name does not fit the wire.
    Result<Bytes> encode() const;
    bool operator==(const ClassicRequest&) const = default;
};

// Whether the wire can carry this name: at most 200 bytes, UTF-8, no NUL.
bool fits_classic_name(std::string_view name) noexcept;

// Gathers a request from parts of any size. Keeps at most its 208 bytes.
class ClassicRequestDecoder {
  public:
    // The request, once its last byte has come; what follows it is not looked at, and no further
    // call is made then. ErrorCode::protocol, from the eighth byte on, for what is no such request;
    // every further call answers the same.
    Result<std::optional<ClassicRequest>> receive(ByteView bytes);
    bool begun() const noexcept { return !kept_.empty(); }

  private:
    Bytes kept_;
};

}  // namespace gantry::cs
