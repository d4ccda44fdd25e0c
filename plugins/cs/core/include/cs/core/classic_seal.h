#pragma once

#include <cs/core/block_transform.h>
#include <cs/wire/frame_header.h>

namespace gantry::cs {

// The data of a packet of classic's service 1: `plain`, padded and encrypted.
Result<Bytes> classic_seal(BlockTransform& cipher, ByteView plain);
// The inverse, when `count` bytes of it are no padding. ErrorCode::integrity when the padding is
// not what classic_seal() makes.
Result<Bytes> classic_open(BlockTransform& cipher, ByteView sealed, std::size_t count);

}  // namespace gantry::cs
