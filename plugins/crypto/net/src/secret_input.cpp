#include <crypto/net/secret_input.h>

#include "echo_off.h"

#include <crypto/wire/limits.h>

#include <algorithm>
#include <functional>

namespace gantry::crypto {
namespace {

using Read = std::function<Result<std::size_t>(ByteSpan)>;

// What comes until the end, until `room` is full or, when asked to, until a line has ended.
Result<Secret> read_into_secret(std::size_t room, const Read& read, bool stop_at_line_end) {
    Secret text(room);
    std::size_t used = 0;
    while (used < room) {
        const auto count = read(text.bytes().subspan(used));
        if (!count) return count.error();
        used += *count;
        const auto got = text.view().first(used);
        if (*count == 0 || (stop_at_line_end && std::ranges::count(got, std::byte{'\n'}) > 0))
            break;
    }
    text.shrink(used);
    return text;
}

Result<Secret> read_line(const Read& read, const std::string& name) {
    auto text = read_into_secret(limits::kMaxPassphrase + 2, read, true);
    if (!text) return text;
    const auto bytes = text->view();
    auto size = static_cast<std::size_t>(std::ranges::find(bytes, std::byte{'\n'}) - bytes.begin());
    if (size > 0 && bytes[size - 1] == std::byte{'\r'}) --size;
    if (size == 0) return make_error(ErrorCode::usage, "crypto", "the passphrase is empty", name);
    if (size > limits::kMaxPassphrase)
        return make_error(ErrorCode::limit, "crypto", "the passphrase is longer than 1024 bytes",
                          name);
    text->shrink(size);
    return text;
}

Read from(LocalFile& file, const CancelToken& cancel) {
    return [&](ByteSpan into) { return file.read(into, cancel); };
}

}  // namespace

Result<Secret> read_private_file(const std::string& path, const std::string& shown_name,
                                 std::size_t max_bytes, const CancelToken& cancel) {
    auto file = LocalFile::open(path, shown_name);
    if (!file) return std::move(file).error();
    if (file->is_open_to_others())
        return make_error(ErrorCode::denied, "crypto",
                          "others may use this key; chmod 600 it first", shown_name);
    return read_into_secret(max_bytes + 1, from(*file, cancel), false);
}

Result<KeyFile> read_key_file(const std::string& path, const std::string& shown_name,
                              const CancelToken& cancel) {
    const auto text = read_private_file(path, shown_name, limits::kMaxKeyFile, cancel);
    if (!text) return text.error();
    auto key = KeyFile::decode(text->view());
    if (!key) key.error().context = shown_name;
    return key;
}

Result<Secret> read_passphrase_file(const std::string& path, const std::string& shown_name,
                                    const CancelToken& cancel) {
    auto file = LocalFile::open(path, shown_name);
    if (!file) return std::move(file).error();
    return read_line(from(*file, cancel), shown_name);
}

Result<Secret> ask_passphrase(std::string_view prompt, const CancelToken& cancel) {
    auto terminal = LocalFile::open("/dev/tty", "terminal");
    auto quiet = EchoOff::start(prompt);
    if (!terminal || !quiet)
        return make_error(ErrorCode::usage, "crypto",
                          "there is no terminal to ask for a passphrase at; give --key-file or "
                          "--passphrase-file");
    return read_line(from(*terminal, cancel), "terminal");
}

}  // namespace gantry::crypto
