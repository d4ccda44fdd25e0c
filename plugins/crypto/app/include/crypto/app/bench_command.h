#pragma once

#include <gantry/command/call.h>
#include <gantry/core/clock.h>
#include <gantry/crypto/aead.h>
#include <gantry/crypto/digest.h>

namespace gantry::crypto {

// `crypto bench [--time T]`: how fast this machine seals and digests on one core, by the services
// that plugins use. A blocking command.
//
// Result: {"results":[{"name","size","rate"}...]}, rates in bytes a second.
class BenchCommand {
  public:
    BenchCommand(AeadService& aead, DigestService& digests, const Clock& clock)
        : aead_(aead), digests_(digests), clock_(clock) {}
    void run(CommandCall& call) { call.finish(measure(call)); }

  private:
    Result<Value> measure(CommandCall& call);

    AeadService& aead_;
    DigestService& digests_;
    const Clock& clock_;
};

}  // namespace gantry::crypto
