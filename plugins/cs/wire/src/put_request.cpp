#include <cs/wire/put_request.h>

namespace gantry::cs {

namespace {

// Whether it says all of what it goes on with.
Result<void> check_start(const PutRequest& put) {
    if (put.offset == 0 && put.before.algorithm == CheckAlgorithm::none) return {};
    if (!put.upload) return protocol_error("a put goes on with an upload that it does not name");
    if (put.offset > put.size) return protocol_error("a put goes on behind the end of the file");
    if (put.before.algorithm != put.check)
        return protocol_error("a put goes on without saying what came before");
    const bool crc = put.check == CheckAlgorithm::crc32c;
    if (put.before.value.size() != (crc ? 4U : 0U))
        return protocol_error("a put goes on from a check of the wrong size");
    return {};
}

}  // namespace

Bytes PutRequest::encode() const {
    Fields f;
    f.path = path;
    f.size = size;
    if (check != CheckAlgorithm::none) f.check = check;
    f.replace = replace;
    f.upload = upload;
    if (offset > 0) f.offset = offset;
    if (before.algorithm != CheckAlgorithm::none) f.check_value = before;
    return f.encode();
}

Result<PutRequest> PutRequest::decode(ByteView body) {
    auto f =
        Fields::decode(body, {FieldTag::path, FieldTag::size, FieldTag::check, FieldTag::replace,
                              FieldTag::upload, FieldTag::offset, FieldTag::check_value});
    if (!f) return std::move(f).error();
    if (!f->path || !f->size) return protocol_error("a put request lacks its path or its size");
    const auto check = f->check.value_or(CheckAlgorithm::none);
    if (check != CheckAlgorithm::none && check != CheckAlgorithm::crc32c)
        return make_error(ErrorCode::unsupported, "cs", "a file is put with CRC-32C or no check");
    PutRequest out{std::move(*f->path), *f->size, check, f->replace, std::move(f->upload)};
    out.offset = f->offset.value_or(0);
    out.before = std::move(f->check_value).value_or(CheckValue());
    if (auto fits = check_start(out); !fits) return std::move(fits).error();
    return out;
}

}  // namespace gantry::cs
