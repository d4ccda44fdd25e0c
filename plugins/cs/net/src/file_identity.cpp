#include <cs/net/file_identity.h>
#include <gantry/bytes/writer.h>

#include <bit>

namespace gantry::cs {

namespace {

std::uint64_t nanoseconds(WallTime time) {
    return std::bit_cast<std::uint64_t>(std::int64_t{time.time_since_epoch().count()});
}

}  // namespace

Bytes identity_bytes(const FileIdentity& identity) {
    Bytes out(40);
    ByteWriter(out)
        .u64(identity.device)
        .u64(identity.inode)
        .u64(identity.size)
        .u64(nanoseconds(identity.modified))
        .u64(nanoseconds(identity.changed));
    return out;
}

}  // namespace gantry::cs
