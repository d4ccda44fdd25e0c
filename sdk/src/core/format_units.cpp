#include <gantry/core/units.h>

#include <cstdio>

namespace gantry {
namespace {

std::string fixed(double value, int decimals) {
    char text[64];
    const int length = std::snprintf(text, sizeof text, "%.*f", decimals, value);
    return {text, static_cast<std::size_t>(length)};
}

// Three significant digits, with the limits where rounding would give a fourth.
std::string three_digits(double value) {
    if (value < 9.995) return fixed(value, 2);
    if (value < 99.95) return fixed(value, 1);
    return fixed(value, 0);
}

std::string pair(std::int64_t large, const char* large_unit, std::int64_t small,
                 const char* small_unit) {
    const auto padded = (small < 10 ? "0" : "") + std::to_string(small);
    return std::to_string(large) + large_unit + " " + padded + small_unit;
}

std::string format_long(std::int64_t seconds) {
    const auto minutes = seconds / 60;
    const auto hours = minutes / 60;
    if (hours == 0) return pair(minutes, "m", seconds % 60, "s");
    if (hours < 24) return pair(hours, "h", minutes % 60, "m");
    return pair(hours / 24, "d", hours % 24, "h");
}

}  // namespace

std::string format_size(ByteCount bytes) {
    if (bytes.value() < 1024) return std::to_string(bytes.value()) + " B";
    static constexpr const char* kUnits[] = {" KiB", " MiB", " GiB", " TiB", " PiB", " EiB"};
    auto value = static_cast<double>(bytes.value()) / 1024;
    std::size_t unit = 0;
    for (; value >= 1023.5 && unit + 1 < std::size(kUnits); ++unit) value /= 1024;
    return three_digits(value) + kUnits[unit];
}

std::string format_rate(BytesPerSecond rate) { return format_size(ByteCount(rate.value())) + "/s"; }

std::string format_duration(Duration duration) {
    using namespace std::chrono;
    if (duration < Duration::zero()) {
        // The most negative value has no positive counterpart.
        if (duration == Duration::min()) duration += nanoseconds(1);
        return "-" + format_duration(-duration);
    }
    const auto count = static_cast<double>(duration.count());
    if (duration == Duration::zero()) return "0s";
    if (duration < microseconds(1)) return std::to_string(duration.count()) + "ns";
    if (count < 999.5e3) return three_digits(count / 1e3) + "us";
    if (count < 999.5e6) return three_digits(count / 1e6) + "ms";
    if (count < 59.95e9) return three_digits(count / 1e9) + "s";
    // Rounded by hand: chrono's round() goes by way of a value above the largest duration.
    const auto rest = duration.count() % 1'000'000'000;
    return format_long(duration.count() / 1'000'000'000 + (rest >= 500'000'000 ? 1 : 0));
}

}  // namespace gantry
