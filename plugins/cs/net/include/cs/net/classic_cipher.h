#pragma once

#include <cs/core/block_transform.h>

#include <memory>

namespace gantry::cs {

// The classic wire's cipher by OpenSSL. Costs nothing until it is first used.
class ClassicCipher final : public BlockTransform {
  public:
    ClassicCipher();
    ~ClassicCipher() override;
    Result<void> encrypt(ByteSpan blocks) override;
    Result<void> decrypt(ByteSpan blocks) override;

  private:
    struct Direction;
    std::unique_ptr<Direction> encrypting_;
    std::unique_ptr<Direction> decrypting_;
};

}  // namespace gantry::cs
