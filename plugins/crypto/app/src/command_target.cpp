#include <crypto/app/command_target.h>

namespace gantry::crypto {

Result<CommandTarget> CommandTarget::open(CommandCall& call, const OpenStore& open_store,
                                          const std::string& name, Overwrite overwrite) {
    if (name == "-") {
        if (!call.json()) return CommandTarget(call, std::nullopt);
        return make_error(ErrorCode::usage, "crypto",
                          "with --json the result takes standard output; give -o a file");
    }
    auto file = OutputFile::create(open_store, call.local_path(name), name, overwrite);
    if (!file) return std::move(file).error();
    return CommandTarget(call, std::move(*file));
}

Result<std::unique_ptr<RunSink>> CommandTarget::start(ByteView head, Form form) {
    auto written =
        file_ ? file_->file().write_at(0, std::span(&head, 1)) : call_.out().write(as_text(head));
    if (!written) return std::move(written).error();
    if (file_)
        return std::make_unique<FileSink>(file_->file(), file_->shown_name(), form, head.size());
    return std::make_unique<StreamSink>(
        [&out = call_.out()](std::string_view text) { return out.write(text); }, form);
}

Result<void> CommandTarget::commit() { return file_ ? file_->commit() : Result<void>(); }

}  // namespace gantry::crypto
