#include <crypto/core/digest_line.h>

namespace gantry::crypto {
namespace {

// The letter after the backslash, or 0 for what needs none.
char escape(char c) {
    switch (c) {
        case '\\':
            return '\\';
        case '\n':
            return 'n';
        case '\r':
            return 'r';
        default:
            return 0;
    }
}

}  // namespace

std::string digest_line(std::string_view hex, std::string_view name) {
    std::string shown;
    bool escaped = false;
    for (const char c : name) {
        const char letter = escape(c);
        if (letter) shown += '\\';
        shown += letter ? letter : c;
        escaped = escaped || letter;
    }
    return (escaped ? "\\" : "") + std::string(hex) + "  " + shown + "\n";
}

}  // namespace gantry::crypto
