#include <cs/wire/hash_messages.h>
#include <gantry/bytes/reader.h>
#include <gantry/bytes/writer.h>

namespace gantry::cs {

Bytes HashRequest::encode() const {
    Fields f;
    f.path = path;
    f.check = check;
    f.upload = upload;
    return f.encode();
}

Result<HashRequest> HashRequest::decode(ByteView body) {
    auto f = Fields::decode(body, {FieldTag::path, FieldTag::check, FieldTag::upload});
    if (!f) return std::move(f).error();
    if (!f->path) return protocol_error("a hash request names no path");
    const auto check = f->check.value_or(CheckAlgorithm::none);
    if (check == CheckAlgorithm::none) return protocol_error("a hash request names no algorithm");
    return HashRequest{std::move(*f->path), check, std::move(f->upload)};
}

Bytes encode_hashed(std::uint64_t bytes) {
    Bytes out(8);
    ByteWriter(out).u64(bytes);
    return out;
}

Result<std::uint64_t> decode_hashed(ByteView body) {
    ByteReader reader(body);
    auto bytes = reader.u64();
    if (!bytes || !reader.done()) return protocol_error("a count of hashed bytes is not 8 bytes");
    return bytes;
}

}  // namespace gantry::cs
