#include <gantry/storage/file_store.h>
#include <gantry/storage/part_name.h>

#include <algorithm>
#include <array>
#include <cassert>

namespace gantry {
namespace {

constexpr std::string_view kMark = ".gantry-";
constexpr std::string_view kEnd = ".part";
constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz0123456789";
constexpr std::size_t kRandom = 6;
constexpr std::size_t kAdded = 1 + kMark.size() + kRandom + kEnd.size();

// The front of a name, not cut inside a UTF-8 character: some file systems refuse half of one.
std::string_view cut(std::string_view name, std::size_t most) {
    if (name.size() <= most) return name;
    while (most > 0 && (static_cast<unsigned char>(name[most]) & 0xC0U) == 0x80U) --most;
    return name.substr(0, most);
}

}  // namespace

std::string make_part_name(std::string_view name, Random& random) {
    std::string result = ".";
    result += cut(name, FileStore::kMaxComponent - kAdded);
    result += kMark;
    // That 256 is no multiple of their number does not matter: a name need not be hard to guess.
    std::array<std::byte, kRandom> chance{};
    random.fill(chance);
    for (const auto byte : chance)
        result += kLetters[std::to_integer<std::size_t>(byte) % kLetters.size()];
    result += kEnd;
    return result;
}

std::string make_part_tag(std::uint64_t number) {
    std::string tag;
    for (; tag.size() < kRandom; number /= kLetters.size())
        tag += kLetters[static_cast<std::size_t>(number % kLetters.size())];
    return tag;
}

std::optional<std::string> tagged_part_name(std::string_view name, std::string_view tag) {
    assert(tag.size() == kRandom);
    if (name.empty() || name.size() > FileStore::kMaxComponent - kAdded) return std::nullopt;
    return "." + std::string(name) + std::string(kMark) + std::string(tag) + std::string(kEnd);
}

bool is_part_name(std::string_view name) noexcept {
    if (name.size() <= kAdded || !name.starts_with('.') || !name.ends_with(kEnd)) return false;
    name.remove_suffix(kEnd.size());
    const std::string_view letters = name.substr(name.size() - kRandom);
    name.remove_suffix(kRandom);
    return name.ends_with(kMark) &&
           std::ranges::all_of(letters, [](char c) { return kLetters.find(c) != kLetters.npos; });
}

}  // namespace gantry
