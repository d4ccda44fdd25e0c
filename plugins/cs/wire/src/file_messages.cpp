#include <cs/wire/file_messages.h>

namespace gantry::cs {

namespace {

std::optional<CheckAlgorithm> unless_none(CheckAlgorithm check) {
    if (check == CheckAlgorithm::none) return std::nullopt;
    return check;
}

}  // namespace

Bytes FileRequest::encode() const {
    Fields f;
    f.path = path;
    f.check = unless_none(check);
    return f.encode();
}

Result<FileRequest> FileRequest::decode(ByteView body) {
    auto f = Fields::decode(body, {FieldTag::path, FieldTag::check});
    if (!f) return std::move(f).error();
    if (!f->path) return protocol_error("a file request names no path");
    return FileRequest{std::move(*f->path), f->check.value_or(CheckAlgorithm::none)};
}

Bytes FileResponse::encode() const {
    Fields f;
    f.size = size;
    f.modified = modified;
    f.check = unless_none(check);
    return f.encode();
}

Result<FileResponse> FileResponse::decode(ByteView body) {
    auto f = Fields::decode(body, {FieldTag::size, FieldTag::modified, FieldTag::check});
    if (!f) return std::move(f).error();
    if (!f->size) return protocol_error("a file response has no size");
    return FileResponse{*f->size, f->modified, f->check.value_or(CheckAlgorithm::none)};
}

Bytes FileEnd::encode() const {
    Fields f;
    f.total = total;
    if (check.algorithm != CheckAlgorithm::none) f.check_value = check;
    return f.encode();
}

Result<FileEnd> FileEnd::decode(ByteView body) {
    auto f = Fields::decode(body, {FieldTag::total, FieldTag::check_value});
    if (!f) return std::move(f).error();
    if (!f->total) return protocol_error("the end of a file has no total");
    return FileEnd{*f->total, f->check_value.value_or(CheckValue{})};
}

}  // namespace gantry::cs
