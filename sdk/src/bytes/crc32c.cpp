#include <gantry/bytes/crc32c.h>
#include <gantry/bytes/writer.h>

#include <algorithm>
#include <array>
#include <bit>

#if defined(__x86_64__)
#include <nmmintrin.h>
#endif

namespace gantry {

namespace {

constexpr std::uint32_t kPolynomial = 0x82F63B78;  // reflected

constexpr std::uint32_t one_byte(std::uint32_t crc) {
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? kPolynomial : 0U);
    return crc;
}

using Tables = std::array<std::array<std::uint32_t, 256>, 8>;

// Slicing by 8: table k holds what a byte does to the state k more bytes later.
constexpr Tables make_tables() {
    Tables t{};
    for (std::uint32_t i = 0; i < 256; ++i) t[0][i] = one_byte(i);
    for (std::size_t k = 1; k < 8; ++k)
        for (std::size_t i = 0; i < 256; ++i)
            t[k][i] = (t[k - 1][i] >> 8U) ^ t[0][t[k - 1][i] & 0xFFU];
    return t;
}

constexpr Tables kTables = make_tables();

// The next 8 bytes as a number, the first one lowest: one load.
inline std::uint64_t load64(const std::byte* p) {
    std::array<std::byte, 8> raw{};
    std::copy_n(p, raw.size(), raw.begin());
    auto out = std::bit_cast<std::uint64_t>(raw);
    if constexpr (std::endian::native == std::endian::big) out = __builtin_bswap64(out);
    return out;
}

#if defined(__x86_64__)

// The instruction answers after three cycles but takes a new one each cycle, so three stripes of
// the input run side by side. Their states are then joined: a state is moved past kStripe zero
// bytes by a linear map, kept as four tables.
constexpr std::size_t kStripe = 1024;
using Shift = std::array<std::array<std::uint32_t, 256>, 4>;
using Map = std::array<std::uint32_t, 32>;  // what each bit of a state becomes

constexpr std::uint32_t mapped(const Map& map, std::uint32_t state) {
    std::uint32_t out = 0;
    for (std::size_t bit = 0; state != 0; ++bit, state >>= 1U)
        if ((state & 1U) != 0) out ^= map[bit];
    return out;
}

constexpr Shift make_shift() {
    Map map{};
    for (std::size_t bit = 0; bit < 32; ++bit) map[bit] = one_byte(1U << bit);
    for (std::size_t bytes = 1; bytes < kStripe; bytes *= 2) {
        Map twice{};
        for (std::size_t bit = 0; bit < 32; ++bit) twice[bit] = mapped(map, map[bit]);
        map = twice;
    }
    Shift shift{};
    for (std::size_t k = 0; k < 4; ++k)
        for (std::uint32_t i = 0; i < 256; ++i) shift[k][i] = mapped(map, i << (8 * k));
    return shift;
}

constexpr Shift kShift = make_shift();

inline std::uint32_t past_a_stripe(std::uint32_t state) {
    return kShift[0][state & 0xFFU] ^ kShift[1][(state >> 8U) & 0xFFU] ^
           kShift[2][(state >> 16U) & 0xFFU] ^ kShift[3][state >> 24U];
}

__attribute__((target("sse4.2"))) std::uint32_t three_stripes(std::uint32_t state,
                                                              const std::byte* p) {
    std::uint64_t a = state;
    std::uint64_t b = 0;
    std::uint64_t c = 0;
    for (std::size_t i = 0; i < kStripe; i += 8) {
        a = _mm_crc32_u64(a, load64(p + i));
        b = _mm_crc32_u64(b, load64(p + kStripe + i));
        c = _mm_crc32_u64(c, load64(p + 2 * kStripe + i));
    }
    const auto ab = past_a_stripe(static_cast<std::uint32_t>(a)) ^ static_cast<std::uint32_t>(b);
    return past_a_stripe(ab) ^ static_cast<std::uint32_t>(c);
}

__attribute__((target("sse4.2"))) std::uint32_t one_stripe(std::uint32_t state, ByteView bytes) {
    std::uint64_t crc = state;
    while (bytes.size() >= 8) {
        crc = _mm_crc32_u64(crc, load64(bytes.data()));
        bytes = bytes.subspan(8);
    }
    auto out = static_cast<std::uint32_t>(crc);
    for (const auto b : bytes) out = _mm_crc32_u8(out, std::to_integer<std::uint8_t>(b));
    return out;
}

#endif

}  // namespace

namespace crc32c_detail {

std::uint32_t update_portable(std::uint32_t state, ByteView bytes) noexcept {
    while (bytes.size() >= 8) {
        const std::uint64_t x = load64(bytes.data()) ^ state;
        state = 0;
        for (unsigned i = 0; i < 8; ++i) state ^= kTables[7 - i][(x >> (8 * i)) & 0xFFU];
        bytes = bytes.subspan(8);
    }
    for (const auto b : bytes)
        state = (state >> 8U) ^ kTables[0][(state ^ std::to_integer<std::uint32_t>(b)) & 0xFFU];
    return state;
}

#if defined(__x86_64__)
bool hardware() noexcept { return __builtin_cpu_supports("sse4.2") != 0; }

std::uint32_t update_hardware(std::uint32_t state, ByteView bytes) noexcept {
    while (bytes.size() >= 3 * kStripe) {
        state = three_stripes(state, bytes.data());
        bytes = bytes.subspan(3 * kStripe);
    }
    return one_stripe(state, bytes);
}
#else
bool hardware() noexcept { return false; }

std::uint32_t update_hardware(std::uint32_t state, ByteView bytes) noexcept {
    return update_portable(state, bytes);
}
#endif

}  // namespace crc32c_detail

std::vector<std::byte> Crc32c::bytes() const {
    std::vector<std::byte> out(sizeof(state_));
    ByteWriter(out).u32(value());
    return out;
}

void Crc32c::update(ByteView bytes) noexcept {
    state_ = crc32c_detail::hardware() ? crc32c_detail::update_hardware(state_, bytes)
                                       : crc32c_detail::update_portable(state_, bytes);
}

}  // namespace gantry
