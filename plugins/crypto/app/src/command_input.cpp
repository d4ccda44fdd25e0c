#include <crypto/app/command_input.h>
#include <crypto/net/read_full.h>

namespace gantry::crypto {

Result<CommandInput> CommandInput::open(CommandCall& call, const std::string& name) {
    if (name == "-") return CommandInput(call, std::nullopt);
    auto file = LocalFile::open(call.local_path(name), name);
    if (!file) return std::move(file).error();
    return CommandInput(call, std::move(*file));
}

// Standard input answers its end when the command is cancelled.
Result<std::size_t> CommandInput::read(ByteSpan into) {
    if (file_) return file_->read(into, call_.job());
    auto count = call_.in().read(into);
    if (count && call_.job().cancel_requested())
        return make_error(ErrorCode::cancelled, "crypto", "cancelled", "-");
    return count;
}

Result<std::size_t> CommandInput::read_all(ByteSpan into) {
    return read_full([this](ByteSpan part) { return read(part); }, into);
}

const LocalFile* CommandInput::regular() const noexcept {
    return file_ && file_->size().value_or(ByteCount(0)) > ByteCount(0) ? &*file_ : nullptr;
}

}  // namespace gantry::crypto
