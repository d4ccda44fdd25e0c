#include <cs/wire/file_messages.h>

namespace gantry::cs {

namespace {

std::optional<CheckAlgorithm> unless_none(CheckAlgorithm check) {
    if (check == CheckAlgorithm::none) return std::nullopt;
    return check;
}

}  // namespace

Fields FileRequest::to_fields() const {
    Fields f;
    f.path = path;
    f.check = unless_none(check);
    if (offset > 0) f.offset = offset;
    f.count = count;
    f.expect = expect;
    f.pieces = pieces;
    return f;
}

Result<FileRequest> FileRequest::from_fields(Fields f) {
    if (!f.path) return protocol_error("a file request names no path");
    return FileRequest{std::move(*f.path),   f.check.value_or(CheckAlgorithm::none),
                       f.offset.value_or(0), f.count,
                       std::move(f.expect),  f.pieces};
}

Result<FileRequest> FileRequest::decode(ByteView body) {
    auto f = Fields::decode(body, kTags);
    if (!f) return std::move(f).error();
    return from_fields(std::move(*f));
}

Fields FileResponse::to_fields() const {
    Fields f;
    f.size = size;
    f.modified = modified;
    f.check = unless_none(check);
    f.identity = identity;
    return f;
}

Result<FileResponse> FileResponse::from_fields(Fields f) {
    if (!f.size) return protocol_error("a file response has no size");
    return FileResponse{*f.size, f.modified, f.check.value_or(CheckAlgorithm::none),
                        std::move(f.identity)};
}

Result<FileResponse> FileResponse::decode(ByteView body) {
    auto f = Fields::decode(body, kTags);
    if (!f) return std::move(f).error();
    return from_fields(std::move(*f));
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
