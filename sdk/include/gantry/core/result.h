#pragma once

#include <gantry/core/error.h>

#include <cassert>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

namespace gantry {

// A value of type T, or the Error that stood in its way. Reading the wrong side is a programming
// error and asserts.
template <class T>
class [[nodiscard]] Result {
  public:
    using value_type = T;

    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}
    // Lets a Result<unique_ptr<Derived>> or a plain U be returned where T is made from it.
    template <class U>
    requires(std::is_convertible_v<U&&, T> && !std::is_same_v<std::remove_cvref_t<U>, T> &&
             !std::is_same_v<std::remove_cvref_t<U>, Error> &&
             !std::is_same_v<std::remove_cvref_t<U>, Result>) Result(U&& value)
        : state_(std::in_place_index<0>, std::forward<U>(value)) {}

    bool ok() const noexcept { return state_.index() == 0; }
    explicit operator bool() const noexcept { return ok(); }

    T& value() & { return assert(ok()), *std::get_if<0>(&state_); }
    const T& value() const& { return assert(ok()), *std::get_if<0>(&state_); }
    T&& value() && { return assert(ok()), std::move(*std::get_if<0>(&state_)); }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }
    T value_or(T fallback) && { return ok() ? std::move(*this).value() : std::move(fallback); }

    Error& error() & { return assert(!ok()), *std::get_if<1>(&state_); }
    const Error& error() const& { return assert(!ok()), *std::get_if<1>(&state_); }
    Error&& error() && { return assert(!ok()), std::move(*std::get_if<1>(&state_)); }

  private:
    std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
  public:
    using value_type = void;

    Result() = default;
    Result(Error error) : error_(std::move(error)) {}

    bool ok() const noexcept { return !error_.has_value(); }
    explicit operator bool() const noexcept { return ok(); }

    Error& error() & { return assert(!ok()), *error_; }
    const Error& error() const& { return assert(!ok()), *error_; }
    Error&& error() && { return assert(!ok()), std::move(*error_); }

  private:
    std::optional<Error> error_;
};

}  // namespace gantry
