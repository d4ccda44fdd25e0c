#pragma once

#include <gantry/core/result.h>
#include <gantry/core/units.h>

#include <cstddef>

namespace gantry::cs {

// AES-256 in ECB mode with the classic wire's own key (docs/protocols/cs-classic.md): each block
// for itself, in place. It hides nothing from anybody. Not thread-safe.
class BlockTransform {
  public:
    static constexpr std::size_t kBlock = 16;

    virtual ~BlockTransform() = default;
    // Whole blocks only.
    virtual Result<void> encrypt(ByteSpan blocks) = 0;
    virtual Result<void> decrypt(ByteSpan blocks) = 0;
};

}  // namespace gantry::cs
