#include <crypto/app/keygen_command.h>
#include <crypto/core/file_keys.h>
#include <crypto/net/private_file.h>
#include <crypto/wire/key_file.h>

namespace gantry::crypto {

Result<Value> KeygenCommand::make(CommandCall& call) {
    const auto path = call.arguments().text("output");
    if (!path)
        return make_error(ErrorCode::usage, "crypto", "say where the key goes with -o KEYFILE");
    KeyFile key{call.arguments().text("name").value_or(""), Secret(KeyFile::kSecretSize)};
    if (!key.name.empty() && !KeyFile::is_name(key.name))
        return make_error(ErrorCode::usage, "crypto",
                          "a name has 1 to 64 letters, digits and . _ @ -", key.name);
    random_.fill(key.secret.bytes());
    const auto print = key_fingerprint(kdf_, key.secret.view());
    if (!print) return print.error();
    if (auto made = create_private_file(call.local_path(*path), *path, key.encode().view()); !made)
        return std::move(made).error();
    (void)call.out().write(*path + "  " + *print + "\n");
    auto fields = Value::object().set("path", *path).set("fingerprint", *print);
    if (!key.name.empty()) fields.set("name", key.name);
    return fields;
}

}  // namespace gantry::crypto
