#include <cs/app/check_names.h>

#include <array>

namespace gantry::cs {

namespace {

struct NamedCheck {
    std::string_view name;
    CheckAlgorithm algorithm;
};

constexpr std::array<NamedCheck, 3> kCheckNames{{
    {"bep52", CheckAlgorithm::merkle},
    {"sha256", CheckAlgorithm::sha256},
    {"crc32c", CheckAlgorithm::crc32c},
}};

}  // namespace

std::string_view check_name(CheckAlgorithm algorithm) noexcept {
    for (const auto& row : kCheckNames)
        if (row.algorithm == algorithm) return row.name;
    return {};
}

CheckAlgorithm check_named(std::string_view name) noexcept {
    for (const auto& row : kCheckNames)
        if (row.name == name) return row.algorithm;
    return CheckAlgorithm::none;
}

}  // namespace gantry::cs
