#include <crypto/app/given_key.h>
#include <crypto/core/file_keys.h>
#include <crypto/net/secret_input.h>

namespace gantry::crypto {
namespace {

Result<GivenKey> given(KeyKind kind, Result<Secret> secret) {
    if (!secret) return std::move(secret).error();
    return GivenKey{kind, std::move(*secret)};
}

Result<GivenKey> from_key_file(CommandCall& call, const std::string& name) {
    auto key = read_key_file(call.local_path(name), name, call.job());
    if (!key) return std::move(key).error();
    return GivenKey{KeyKind::key_file, std::move(key->secret)};
}

Result<Secret> ask(CommandCall& call, bool twice) {
    if (!call.foreground())
        return make_error(ErrorCode::usage, "crypto",
                          "a command in the background does not ask; give --key-file or "
                          "--passphrase-file");
    auto first = ask_passphrase("Passphrase: ", call.job());
    if (!first || !twice) return first;
    const auto second = ask_passphrase("The same again: ", call.job());
    if (!second) return second.error();
    if (equal_in_constant_time(first->view(), second->view())) return first;
    return make_error(ErrorCode::usage, "crypto", "the two passphrases differ");
}

}  // namespace

Result<GivenKey> take_key(CommandCall& call, bool new_passphrase) {
    const auto key_file = call.arguments().text("key-file");
    const auto passphrase_file = call.arguments().text("passphrase-file");
    if (key_file && passphrase_file)
        return make_error(ErrorCode::usage, "crypto",
                          "give --key-file or --passphrase-file, not both");
    if (key_file) return from_key_file(call, *key_file);
    if (passphrase_file)
        return given(KeyKind::passphrase, read_passphrase_file(call.local_path(*passphrase_file),
                                                               *passphrase_file, call.job()));
    return given(KeyKind::passphrase, ask(call, new_passphrase));
}

Result<GivenKey> take_key_for(CommandCall& call, KeyKind kind) {
    if (kind == KeyKind::key_file && !call.arguments().text("key-file"))
        return make_error(ErrorCode::security, "crypto",
                          "the file was encrypted with a key file; give it as --key-file");
    if (kind == KeyKind::passphrase && call.arguments().text("key-file"))
        return make_error(ErrorCode::security, "crypto",
                          "the file was encrypted with a passphrase, not with a key file");
    return take_key(call, false);
}

Result<Secret> master_secret(KdfService& kdf, GivenKey given, const FileHeader& header) {
    if (given.kind == KeyKind::key_file) return std::move(given.secret);
    return passphrase_secret(kdf, given.secret.view(), header);
}

}  // namespace gantry::crypto
