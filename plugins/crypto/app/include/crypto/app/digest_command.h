#pragma once

#include <gantry/command/call.h>
#include <gantry/crypto/digest.h>

namespace gantry::crypto {

// `crypto digest FILE...`: a blocking command. Several calls may run at once.
//
// Result: {"files":[{"path","algorithm","value","bytes"}...]}. When some of several files cannot be
// read the others are printed all the same; the error is then `partial`, or the files' own when all
// have the same, and "failed":[{"path","error":{"code","name","message"}}...] joins the result.
class DigestCommand {
  public:
    explicit DigestCommand(DigestService& digests) : digests_(digests) {}
    void run(CommandCall& call);

  private:
    DigestService& digests_;
};

}  // namespace gantry::crypto
