#include <cs/wire/action_messages.h>

namespace gantry::cs {

namespace {

Bytes encode_path(const std::string& path) {
    Fields f;
    f.path = path;
    return f.encode();
}

// A message that is a path and nothing else.
template <class Message>
Result<Message> decode_path(ByteView body) {
    auto f = Fields::decode(body, {FieldTag::path});
    if (!f) return std::move(f).error();
    if (!f->path) return protocol_error("a request names no path");
    return Message{std::move(*f->path)};
}

}  // namespace

Bytes StatusRequest::encode() const { return encode_path(path); }
Result<StatusRequest> StatusRequest::decode(ByteView body) {
    return decode_path<StatusRequest>(body);
}

Bytes MakeFolderRequest::encode() const { return encode_path(path); }
Result<MakeFolderRequest> MakeFolderRequest::decode(ByteView body) {
    return decode_path<MakeFolderRequest>(body);
}

Bytes DeleteRequest::encode() const { return encode_path(path); }
Result<DeleteRequest> DeleteRequest::decode(ByteView body) {
    return decode_path<DeleteRequest>(body);
}

Bytes RenameRequest::encode() const {
    Fields f;
    f.path = path;
    f.to = to;
    f.replace = replace;
    return f.encode();
}

Result<RenameRequest> RenameRequest::decode(ByteView body) {
    auto f = Fields::decode(body, {FieldTag::path, FieldTag::to, FieldTag::replace});
    if (!f) return std::move(f).error();
    if (!f->path || !f->to) return protocol_error("a rename request lacks one of its two paths");
    return RenameRequest{std::move(*f->path), std::move(*f->to), f->replace};
}

Bytes StatusResponse::encode() const {
    Fields f;
    f.type = static_cast<std::uint8_t>(type);
    f.size = size;
    f.modified = modified;
    return f.encode();
}

Result<StatusResponse> StatusResponse::decode(ByteView body) {
    auto f = Fields::decode(body, {FieldTag::type, FieldTag::size, FieldTag::modified});
    if (!f) return std::move(f).error();
    if (!f->type || !f->size) return protocol_error("a status response lacks the type or the size");
    return StatusResponse{entry_type(*f->type), *f->size, f->modified};
}

}  // namespace gantry::cs
