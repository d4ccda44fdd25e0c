#include <cs/wire/hash_messages.h>
#include <gantry/bytes/reader.h>
#include <gantry/bytes/writer.h>

namespace gantry::cs {

Bytes HashRequest::encode() const { return FileRequest{path, check}.encode(); }

Result<HashRequest> HashRequest::decode(ByteView body) {
    auto request = FileRequest::decode(body);
    if (!request) return std::move(request).error();
    if (request->check == CheckAlgorithm::none)
        return protocol_error("a hash request names no algorithm");
    return HashRequest{std::move(request->path), request->check};
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
