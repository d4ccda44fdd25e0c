#pragma once

#include <memory>

namespace gantry::crypto {

// Keeps anonymous memory out of the process's core dumps while somebody holds it: for keys that
// OpenSSL keeps on the ordinary heap (docs/protocols/crypto.md section 4). It writes
// /proc/self/coredump_filter, and writes back what was there when the last hold is dropped; where
// there is no such file it does nothing. Thread-safe. One of them lives in a process.
class CoreDumpShield {
  public:
    // Copies count as one. May outlive the shield.
    using Hold = std::shared_ptr<const void>;
    CoreDumpShield();
    Hold hold();

  private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace gantry::crypto
