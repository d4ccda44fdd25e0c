#include <gantry/testing/seeded_random.h>

#include <algorithm>
#include <bit>

namespace gantry::testing {

namespace {

// SplitMix64 (Steele, Lea and Flood; Vigna's public-domain form).
std::uint64_t split_mix(std::uint64_t& state) noexcept {
    std::uint64_t z = (state += 0x9e3779b97f4a7c15U);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
}

// FNV-1a, to turn a name into a number.
std::uint64_t hash(std::string_view name) noexcept {
    std::uint64_t h = 0xcbf29ce484222325U;
    for (const char c : name) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    return h;
}

}  // namespace

SeededRandom::SeededRandom(std::uint64_t seed) noexcept : state_{} {
    for (auto& word : state_) word = split_mix(seed);
}

std::uint64_t SeededRandom::step() noexcept {
    const std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
    const std::uint64_t shifted = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = std::rotl(state_[3], 45);
    return result;
}

void SeededRandom::fill(ByteSpan out) noexcept {
    while (!out.empty()) {
        const std::uint64_t number = step();
        const std::size_t count = std::min<std::size_t>(out.size(), sizeof(number));
        for (std::size_t i = 0; i < count; ++i) out[i] = static_cast<std::byte>(number >> (8 * i));
        out = out.subspan(count);
    }
}

SeededRandom SeededRandom::fork(std::string_view name) const noexcept {
    std::uint64_t seed = hash(name);
    for (const auto word : state_) seed = std::rotl(seed, 23) ^ word;
    return SeededRandom(seed);
}

}  // namespace gantry::testing
