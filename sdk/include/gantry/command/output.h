#pragma once

#include <gantry/core/result.h>
#include <gantry/core/units.h>

#include <string_view>

namespace gantry {

// Where a command writes. The host decides what stands behind it: the terminal, a pipe, a file, or
// nothing. Thread-safe; each write stays whole. A write may block on a slow reader, so bulk output
// belongs in a blocking handler or a pool. ErrorCode::closed when the reader has gone: then stop.
class Output {
  public:
    virtual ~Output() = default;
    virtual Result<void> write(std::string_view text) = 0;
};

// Standard input of the command. Blocking: for blocking handlers only.
class Input {
  public:
    virtual ~Input() = default;
    // 0 at the end.
    virtual Result<std::size_t> read(ByteSpan into) = 0;
};

}  // namespace gantry
