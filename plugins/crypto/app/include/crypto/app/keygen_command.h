#pragma once

#include <gantry/command/call.h>
#include <gantry/core/random.h>
#include <gantry/crypto/kdf.h>

namespace gantry::crypto {

// `crypto keygen -o KEYFILE [--name NAME]`: a blocking command. Several calls may run at once.
//
// Result: {"path","fingerprint"} and "name", when it has one.
class KeygenCommand {
  public:
    KeygenCommand(KdfService& kdf, Random& random) : kdf_(kdf), random_(random) {}
    void run(CommandCall& call) { call.finish(make(call)); }

  private:
    Result<Value> make(CommandCall& call);

    KdfService& kdf_;
    Random& random_;
};

}  // namespace gantry::crypto
