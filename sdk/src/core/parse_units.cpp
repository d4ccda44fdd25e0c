#include <gantry/core/units.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <limits>
#include <optional>

namespace gantry {
namespace {

constexpr std::uint64_t kMax = std::numeric_limits<std::uint64_t>::max();
// With at most six digits after the point, and units up to 2^40, a fraction is exact in 64 bits.
constexpr std::size_t kMaxFractionDigits = 6;

struct Unit {
    std::string_view name;  // in lower case
    std::uint64_t factor;
};

constexpr Unit kSizeUnits[] = {
    {"", 1},
    {"b", 1},
    {"k", 1ULL << 10},
    {"kib", 1ULL << 10},
    {"kb", 1'000},
    {"m", 1ULL << 20},
    {"mib", 1ULL << 20},
    {"mb", 1'000'000},
    {"g", 1ULL << 30},
    {"gib", 1ULL << 30},
    {"gb", 1'000'000'000},
    {"t", 1ULL << 40},
    {"tib", 1ULL << 40},
    {"tb", 1'000'000'000'000},
};

constexpr Unit kDurationUnits[] = {
    // in nanoseconds
    {"", 1'000'000'000},
    {"ns", 1},
    {"us", 1'000},
    {"ms", 1'000'000},
    {"s", 1'000'000'000},
    {"m", 60'000'000'000},
    {"h", 3'600'000'000'000},
    {"d", 86'400'000'000'000},
};

struct Decimal {
    std::uint64_t whole = 0;
    std::uint64_t fraction = 0;
    std::uint64_t scale = 1;  // fraction / scale is the part after the point
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view take_digits(std::string_view& text) {
    const auto end = std::ranges::find_if_not(text, is_digit);
    const auto digits = text.substr(0, static_cast<std::size_t>(end - text.begin()));
    text.remove_prefix(digits.size());
    return digits;
}

std::optional<std::uint64_t> number(std::string_view digits) {
    std::uint64_t value = 0;
    const auto end = digits.data() + digits.size();
    const auto [stop, problem] = std::from_chars(digits.data(), end, value);
    if (problem != std::errc{} || stop != end) return std::nullopt;
    return value;
}

// Takes "12" or "1.5" off the front of `text`.
std::optional<Decimal> take_decimal(std::string_view& text) {
    Decimal result;
    const auto whole = number(take_digits(text));
    if (!whole) return std::nullopt;
    result.whole = *whole;
    if (text.empty() || text.front() != '.') return result;
    text.remove_prefix(1);
    const auto digits = take_digits(text);
    const auto fraction = number(digits);
    if (!fraction || digits.size() > kMaxFractionDigits) return std::nullopt;
    result.fraction = *fraction;
    for (std::size_t i = 0; i < digits.size(); ++i) result.scale *= 10;
    return result;
}

std::optional<std::uint64_t> scaled(const Decimal& n, std::uint64_t factor) {
    if (n.fraction != 0 && factor == 1) return std::nullopt;
    // Divided first where the factor is a decimal one, which keeps large units within 64 bits.
    const auto part =
        factor % n.scale == 0 ? n.fraction * (factor / n.scale) : n.fraction * factor / n.scale;
    if (n.whole > (kMax - part) / factor) return std::nullopt;
    return n.whole * factor + part;
}

std::optional<std::uint64_t> measure(std::string_view text, std::span<const Unit> units) {
    const auto n = take_decimal(text);
    if (!n) return std::nullopt;
    std::string unit(text);
    std::ranges::transform(unit, unit.begin(), [](unsigned char c) { return std::tolower(c); });
    const auto found = std::ranges::find(units, unit, &Unit::name);
    return found == units.end() ? std::nullopt : scaled(*n, found->factor);
}

Error bad(std::string_view text, std::string_view wanted) {
    return make_error(ErrorCode::usage, "units",
                      "'" + std::string(text) + "' is not " + std::string(wanted));
}

}  // namespace

Result<ByteCount> parse_size(std::string_view text) {
    const auto bytes = measure(text, kSizeUnits);
    if (!bytes) return bad(text, "a size such as 4096, 512KiB or 1.5MB");
    return ByteCount(*bytes);
}

Result<BytesPerSecond> parse_rate(std::string_view text) {
    auto size = text;
    if (size.ends_with("/s") || size.ends_with("/S")) size.remove_suffix(2);
    const auto bytes = measure(size, kSizeUnits);
    if (!bytes) return bad(text, "a rate such as 10MB/s or 512KiB");
    return BytesPerSecond(*bytes);
}

Result<Duration> parse_duration(std::string_view text) {
    const auto nanoseconds = measure(text, kDurationUnits);
    constexpr auto longest = static_cast<std::uint64_t>(Duration::max().count());
    if (!nanoseconds || *nanoseconds > longest)
        return bad(text, "a duration such as 10s, 250ms or 30m");
    return Duration(static_cast<Duration::rep>(*nanoseconds));
}

}  // namespace gantry
