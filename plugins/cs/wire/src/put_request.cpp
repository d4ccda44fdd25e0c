#include <cs/wire/put_request.h>

namespace gantry::cs {

Bytes PutRequest::encode() const {
    Fields f;
    f.path = path;
    f.size = size;
    if (check != CheckAlgorithm::none) f.check = check;
    f.replace = replace;
    return f.encode();
}

Result<PutRequest> PutRequest::decode(ByteView body) {
    auto f =
        Fields::decode(body, {FieldTag::path, FieldTag::size, FieldTag::check, FieldTag::replace});
    if (!f) return std::move(f).error();
    if (!f->path || !f->size) return protocol_error("a put request lacks its path or its size");
    const auto check = f->check.value_or(CheckAlgorithm::none);
    if (check != CheckAlgorithm::none && check != CheckAlgorithm::crc32c)
        return make_error(ErrorCode::unsupported, "cs", "a file is put with CRC-32C or no check");
    return PutRequest{std::move(*f->path), *f->size, check, f->replace};
}

}  // namespace gantry::cs
