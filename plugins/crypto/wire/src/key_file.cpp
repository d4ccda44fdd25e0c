#include <crypto/wire/key_file.h>
#include <crypto/wire/limits.h>
#include <gantry/bytes/writer.h>

#include <algorithm>

namespace gantry::crypto {
namespace {

constexpr std::string_view kFirstLine = "gantry-key 1";
constexpr std::string_view kHexDigits = "0123456789abcdef";

Error fault(std::size_t line, std::string_view what) {
    return make_error(ErrorCode::integrity, "crypto",
                      "line " + std::to_string(line) + " of the key file " + std::string(what));
}

// The text up to the next line feed, which is dropped, as is a carriage return before it.
std::string_view take_line(std::string_view& text) {
    const auto end = std::min(text.find('\n'), text.size());
    auto line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

// 16 for what is no hex digit.
std::size_t hex_value(char digit) noexcept {
    const char lower = digit >= 'A' && digit <= 'F' ? static_cast<char>(digit - 'A' + 'a') : digit;
    return std::min(kHexDigits.find(lower), std::size_t{16});
}

// No secret, when the text is not 64 hex digits.
Secret secret_from_hex(std::string_view text) {
    if (text.size() != 2 * KeyFile::kSecretSize) return {};
    Secret secret(KeyFile::kSecretSize);
    for (std::size_t i = 0; i < secret.size(); ++i) {
        const auto high = hex_value(text[2 * i]), low = hex_value(text[2 * i + 1]);
        if (high > 15 || low > 15) return {};
        secret.bytes()[i] = static_cast<std::byte>((high << 4) | low);
    }
    return secret;
}

// One line after the first. `prefix` of a line is taken off when it fits.
bool take_word(std::string_view& line, std::string_view prefix) {
    if (!line.starts_with(prefix)) return false;
    line.remove_prefix(prefix.size());
    return true;
}

Result<void> read_line(KeyFile& file, std::string_view line, std::size_t number) {
    if (line.empty() || line.starts_with('#')) return {};
    if (take_word(line, "name ")) {
        if (!file.name.empty()) return fault(number, "gives a second name");
        if (!KeyFile::is_name(line)) return fault(number, "has a name that is not allowed");
        file.name = line;
        return {};
    }
    if (!take_word(line, "secret ")) return fault(number, "is not understood");
    if (!file.secret.empty()) return fault(number, "gives a second secret");
    file.secret = secret_from_hex(line);
    if (file.secret.empty()) return fault(number, "does not hold a secret of 64 hex digits");
    return {};
}

}  // namespace

bool KeyFile::is_name(std::string_view name) noexcept {
    constexpr std::string_view kAllowed =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._@-";
    return !name.empty() && name.size() <= limits::kMaxKeyName &&
           name.find_first_not_of(kAllowed) == std::string_view::npos;
}

Secret KeyFile::encode() const {
    Secret text(limits::kMaxKeyFile);
    ByteWriter writer(text.bytes());
    writer.text(kFirstLine).text("\n");
    if (!name.empty()) writer.text("name ").text(name).text("\n");
    writer.text("secret ");
    for (const auto byte : secret.view()) {
        const auto value = std::to_integer<std::size_t>(byte);
        writer.text(kHexDigits.substr(value >> 4, 1)).text(kHexDigits.substr(value & 15, 1));
    }
    writer.text("\n");
    text.shrink(writer.size());
    return text;
}

Result<KeyFile> KeyFile::decode(ByteView bytes) {
    auto text = as_text(bytes);
    if (text.size() > limits::kMaxKeyFile || take_line(text) != kFirstLine)
        return make_error(ErrorCode::integrity, "crypto", "this is no key file of Gantry");
    KeyFile file;
    for (std::size_t number = 2; !text.empty(); ++number)
        if (auto read = read_line(file, take_line(text), number); !read)
            return std::move(read).error();
    if (file.secret.empty())
        return make_error(ErrorCode::integrity, "crypto", "the key file holds no secret");
    return file;
}

}  // namespace gantry::crypto
