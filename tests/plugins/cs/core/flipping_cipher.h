#pragma once

#include <cs/core/block_transform.h>

namespace gantry::cs {

// Stands in for the classic wire's cipher: every bit is turned over, in whole blocks.
class FlippingCipher final : public BlockTransform {
  public:
    Result<void> encrypt(ByteSpan blocks) override {
        if (blocks.size() % kBlock != 0) return make_error(ErrorCode::usage, "test", "not blocks");
        for (auto& b : blocks) b = ~b;
        return {};
    }
    Result<void> decrypt(ByteSpan blocks) override { return encrypt(blocks); }
};

}  // namespace gantry::cs
