#include <cs/wire/classic_request.h>
#include <cs/wire/limits.h>
#include <cs/wire/utf8.h>
#include <gantry/bytes/reader.h>
#include <gantry/bytes/writer.h>

#include <algorithm>

namespace gantry::cs {

namespace {

constexpr std::size_t kHeader = 8;  // all before the name

Result<ClassicRequest> decode_header(ByteView bytes) {
    ByteReader reader(bytes);
    const auto protocol = reader.u16().value();
    ClassicRequest request;
    request.service = static_cast<ClassicService>(reader.u16().value());
    const auto version = reader.u16().value();
    request.id = reader.u16().value();
    if (protocol != 0 || version != limits::kClassicVersion)
        return protocol_error("these bytes are no request of the classic wire");
    return request;
}

}  // namespace

bool fits_classic_name(std::string_view name) noexcept {
    return name.size() <= ClassicRequest::kMaxName && name.find('\0') == name.npos && is_utf8(name);
}

Result<Bytes> ClassicRequest::encode() const {
    if (!fits_classic_name(name))
        return make_error(ErrorCode::usage, "cs",
                          "the classic wire carries names of at most 200 bytes of UTF-8", name);
    Bytes out(kSize);
    ByteWriter(out)
        .u16(0)
        .u16(static_cast<std::uint16_t>(service))
        .u16(limits::kClassicVersion)
        .u16(id)
        .text(name);
    return out;
}

Result<std::optional<ClassicRequest>> ClassicRequestDecoder::receive(ByteView bytes) {
    const auto part = bytes.first(std::min(bytes.size(), ClassicRequest::kSize - kept_.size()));
    kept_.insert(kept_.end(), part.begin(), part.end());
    if (kept_.size() < kHeader) return std::optional<ClassicRequest>();
    auto request = decode_header(kept_);
    if (!request) return std::move(request).error();
    if (kept_.size() < ClassicRequest::kSize) return std::optional<ClassicRequest>();
    const auto name = as_text(ByteView(kept_).subspan(kHeader));
    request->name = name.substr(0, name.find_last_not_of('\0') + 1);
    return std::optional(std::move(*request));
}

}  // namespace gantry::cs
