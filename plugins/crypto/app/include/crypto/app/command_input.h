#pragma once

#include <crypto/net/local_file.h>
#include <gantry/command/call.h>

#include <optional>

namespace gantry::crypto {

// What a command reads: a file, or standard input for "-". Blocking; one thread.
class CommandInput {
  public:
    static Result<CommandInput> open(CommandCall& call, const std::string& name);
    // Some bytes, 0 at the end. ErrorCode::cancelled when the job is.
    Result<std::size_t> read(ByteSpan into);
    // As read(), until `into` is full or the end; how many came.
    Result<std::size_t> read_all(ByteSpan into);
    // The file, when it is one of known size; null for a pipe, and for an empty file, which may be
    // one that the system makes up as it is read (/proc).
    const LocalFile* regular() const noexcept;

  private:
    CommandInput(CommandCall& call, std::optional<LocalFile> file)
        : call_(call), file_(std::move(file)) {}

    CommandCall& call_;
    std::optional<LocalFile> file_;
};

}  // namespace gantry::crypto
