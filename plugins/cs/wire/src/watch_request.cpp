#include <cs/wire/watch_request.h>

namespace gantry::cs {

Bytes WatchRequest::encode() const {
    Fields f;
    f.path = path;
    f.recursive = recursive;
    return f.encode();
}

Result<WatchRequest> WatchRequest::decode(ByteView body) {
    auto f = Fields::decode(body, {FieldTag::path, FieldTag::recursive});
    if (!f) return std::move(f).error();
    if (!f->path) return protocol_error("a watch request names no path");
    return WatchRequest{std::move(*f->path), f->recursive};
}

}  // namespace gantry::cs
