#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace gantry {

// A number that cannot be mixed with another kind of number. `Tag` only tells kinds apart. Give it
// a name with `using`; see units.h. Arithmetic is between equal kinds, and wraps as Rep does.
template <class Tag, class Rep>
class Strong {
  public:
    using rep = Rep;

    constexpr Strong() = default;
    constexpr explicit Strong(Rep value) : value_(value) {}
    constexpr Rep value() const noexcept { return value_; }

    constexpr auto operator<=>(const Strong&) const = default;
    constexpr Strong& operator+=(Strong other) { return value_ += other.value_, *this; }
    constexpr Strong& operator-=(Strong other) { return value_ -= other.value_, *this; }
    friend constexpr Strong operator+(Strong a, Strong b) { return a += b; }
    friend constexpr Strong operator-(Strong a, Strong b) { return a -= b; }
    constexpr Strong& operator++() { return ++value_, *this; }

  private:
    Rep value_ = 0;
};

}  // namespace gantry

template <class Tag, class Rep>
struct std::hash<gantry::Strong<Tag, Rep>> {
    std::size_t operator()(gantry::Strong<Tag, Rep> s) const noexcept {
        return std::hash<Rep>{}(s.value());
    }
};
