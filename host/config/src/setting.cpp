#include <host/config/setting.h>

#include <cctype>

namespace gantry::host {

std::string_view layer_name(Layer layer) noexcept {
    switch (layer) {
        case Layer::flag:
            return "flag";
        case Layer::environment:
            return "environment";
        case Layer::user_file:
            return "user file";
        case Layer::system_file:
            return "system file";
        case Layer::fallback:
            break;
    }
    return "default";
}

std::string environment_name(std::string_view key) {
    std::string name = "GANTRY_";
    for (const char c : key) {
        const auto byte = static_cast<unsigned char>(c);
        name += std::isalnum(byte) != 0 ? static_cast<char>(std::toupper(byte)) : '_';
    }
    return name;
}

}  // namespace gantry::host
