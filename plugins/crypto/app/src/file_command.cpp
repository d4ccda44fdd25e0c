#include <crypto/app/file_command.h>
#include <crypto/app/given_key.h>
#include <crypto/core/file_keys.h>

namespace gantry::crypto {
namespace {

Value describe_run(const FileHeader& header, const std::string& path, std::uint64_t bytes) {
    return Value::object()
        .set("path", path)
        .set("bytes", bytes)
        .set("files", 1)
        .set("cipher", aead_name(header.cipher))
        .set("key", header.key_kind == KeyKind::key_file ? "key file" : "passphrase");
}

Error named(Error error, const std::string& name) {
    if (error.context.empty()) error.context = name;
    return error;
}

}  // namespace

void FileCommand::run(CommandCall& call) { call.finish(convert(call)); }

Result<Value> FileCommand::convert(CommandCall& call) {
    const auto from = call.arguments().operand("IN");
    const auto to = call.arguments().text("output");
    if (!to)
        return make_error(ErrorCode::usage, "crypto",
                          "say where it goes with -o FILE, or -o - for standard output");
    auto input = CommandInput::open(call, from);
    if (!input) return std::move(input).error();
    const bool keep = call.arguments().flag("no-clobber");
    auto target =
        CommandTarget::open(call, parts_.open_store, *to, keep ? Overwrite::no : Overwrite::yes);
    if (!target) return std::move(target).error();
    Run run{call, std::move(*input), std::move(*target), {}};
    const auto key = prepare(run);
    if (!key) return named(key.error(), from);
    const auto bytes = move(run, key->view());
    if (!bytes) return named(bytes.error(), from);
    if (auto committed = run.target.commit(); !committed) return std::move(committed).error();
    if (run.target.is_file())
        (void)call.out().write(*to + "  " + format_size(ByteCount(*bytes)) + "\n");
    return describe_run(run.header, *to, *bytes);
}

Result<std::unique_ptr<RunSource>> FileCommand::source_of(Run& run) const {
    const bool encrypts = to() == Form::sealed;
    const auto from = encrypts ? Form::text : Form::sealed;
    const auto* file = run.input.regular();
    if (!file)
        return std::make_unique<StreamSource>(
            [&input = run.input](ByteSpan into) { return input.read(into); }, from);
    const auto offset = encrypts ? 0 : FileHeader::kSize;
    const auto size = file->size()->value() - offset;
    const auto text = encrypts ? Result<std::uint64_t>(size) : text_size_of(size);
    if (!text) return text.error();
    run.call.job().set_total(ByteCount(*text));
    return std::make_unique<FileSource>(*file, from, offset, size);
}

Result<std::uint64_t> FileCommand::move(Run& run, ByteView key) {
    const auto source = source_of(run);
    if (!source) return source.error();
    const auto head = run.header.encode();
    const auto sink = run.target.start(to() == Form::sealed ? ByteView(head) : ByteView(), to());
    if (!sink) return sink.error();
    auto moved = move_runs({parts_.aead, run.header.cipher, key, to(), **source, **sink,
                            run.call.job(), parts_.pool(), parts_.loop});
    const auto* file = run.input.regular();
    if (!moved || !file) return moved;
    if (auto same = file->check_unchanged(); !same) return std::move(same).error();
    return moved;
}

Result<Secret> EncryptCommand::prepare(Run& run) {
    const auto cipher = aead_from_name(run.call.arguments().text("cipher").value_or("aes256-gcm"));
    if (!cipher) return cipher.error();
    auto given = take_key(run.call, true);
    if (!given) return std::move(given).error();
    run.header.cipher = *cipher;
    run.header.key_kind = given->kind;
    if (given->kind == KeyKind::passphrase) run.header.cost = ScryptCost{};
    parts_.random.fill(run.header.salt);
    const auto master = master_secret(parts_.kdf, std::move(*given), run.header);
    if (!master) return master.error();
    if (auto done = sign_header(parts_.kdf, master->view(), run.header); !done)
        return std::move(done).error();
    return payload_key(parts_.kdf, master->view(), run.header);
}

Result<Secret> DecryptCommand::prepare(Run& run) {
    std::array<std::byte, FileHeader::kSize> head{};
    const auto count = run.input.read_all(head);
    if (!count) return count.error();
    const auto header = FileHeader::decode(ByteView(head).first(*count));
    if (!header) return header.error();
    run.header = *header;
    auto given = take_key_for(run.call, header->key_kind);
    if (!given) return std::move(given).error();
    const auto master = master_secret(parts_.kdf, std::move(*given), run.header);
    if (!master) return master.error();
    if (auto fits = check_header(parts_.kdf, master->view(), run.header); !fits)
        return std::move(fits).error();
    return payload_key(parts_.kdf, master->view(), run.header);
}

}  // namespace gantry::crypto
