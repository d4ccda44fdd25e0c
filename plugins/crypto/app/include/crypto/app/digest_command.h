#pragma once

#include <gantry/command/call.h>
#include <gantry/crypto/digest.h>

namespace gantry::crypto {

// `crypto digest FILE...`: a blocking command. Several calls may run at once.
//
// Result: {"files":[{"path","algorithm","value","bytes"}...]}. When some of several files cannot be
// read the others are printed all the same; the error is then `partial`, or the files' own when all
// have the same, and "failed":[{"path","error":{"code","name","message"}}...] joins the result.
//
// With --check the files are lists: see DigestCheck.
class DigestCommand {
  public:
    explicit DigestCommand(DigestService& digests) : digests_(digests) {}
    void run(CommandCall& call);

  private:
    DigestService& digests_;
};

// How several files failed, as one error: `partial`, or the code that all have; a single file's
// own.
Error joint_error(const std::vector<Error>& errors, std::size_t files);

}  // namespace gantry::crypto
