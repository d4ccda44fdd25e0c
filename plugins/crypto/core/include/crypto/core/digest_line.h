#pragma once

#include <gantry/crypto/digest.h>

#include <optional>
#include <string>
#include <string_view>

namespace gantry::crypto {

// One line of a digest list as coreutils write and read it: the hex digits, two blanks, the name, a
// line feed. A name with a backslash, a line feed or a carriage return has them escaped (\\, \n,
// \r), and the line then begins with a backslash.
std::string digest_line(std::string_view hex, std::string_view name);
// What is said of one file when a list is checked: "name: OK", escaped in the same way.
std::string verdict_line(std::string_view name, std::string_view verdict);

// What one line of a list says.
struct DigestEntry {
    DigestAlgorithm algorithm = DigestAlgorithm::sha256;
    std::string hex;  // lower-case digits
    std::string name;
    bool operator==(const DigestEntry&) const = default;
};

// Reads a line without its line feed, in the forms that sha256sum --check takes: "HEX  NAME"
// (text), "HEX *NAME" (binary), "HEX NAME" (some BSD), "SHA256 (NAME) = HEX", and each of them
// escaped. The algorithm follows from the tag or the number of digits. Nothing when it has no such
// form.
std::optional<DigestEntry> read_digest_line(std::string_view line);
// Whether a list means nothing by the line: it is a comment or empty.
bool is_digest_comment(std::string_view line) noexcept;

}  // namespace gantry::crypto
