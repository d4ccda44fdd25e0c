#pragma once

#include <crypto/net/output_file.h>
#include <crypto/net/run_sink.h>
#include <gantry/command/call.h>

#include <memory>
#include <optional>

namespace gantry::crypto {

// Where a command writes: a file that shows when it is whole, or standard output for "-". Blocking.
class CommandTarget {
  public:
    // ErrorCode::usage for "-" with --json, which leaves no room for data. Else as OutputFile.
    static Result<CommandTarget> open(CommandCall& call, const OpenStore& open_store,
                                      const std::string& name, Overwrite overwrite);
    // Writes `head`; what comes next goes behind it.
    Result<std::unique_ptr<RunSink>> start(ByteView head, Form form);
    // Gives the file its name.
    Result<void> commit();
    bool is_file() const noexcept { return file_.has_value(); }

  private:
    CommandTarget(CommandCall& call, std::optional<OutputFile> file)
        : call_(call), file_(std::move(file)) {}

    CommandCall& call_;
    std::optional<OutputFile> file_;
};

}  // namespace gantry::crypto
