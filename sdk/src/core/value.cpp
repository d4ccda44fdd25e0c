#include <gantry/core/value.h>

#include <algorithm>

namespace gantry {

std::optional<std::int64_t> Value::as_int() const noexcept {
    if (const auto* n = std::get_if<std::int64_t>(&data_)) return *n;
    if (const auto* n = std::get_if<std::uint64_t>(&data_); n && std::in_range<std::int64_t>(*n))
        return static_cast<std::int64_t>(*n);
    return std::nullopt;
}

std::optional<std::uint64_t> Value::as_uint() const noexcept {
    if (const auto* n = std::get_if<std::uint64_t>(&data_)) return *n;
    if (const auto* n = std::get_if<std::int64_t>(&data_); n && *n >= 0)
        return static_cast<std::uint64_t>(*n);
    return std::nullopt;
}

std::optional<double> Value::as_double() const noexcept {
    if (const auto* n = std::get_if<double>(&data_)) return *n;
    if (const auto* n = std::get_if<std::int64_t>(&data_)) return static_cast<double>(*n);
    if (const auto* n = std::get_if<std::uint64_t>(&data_)) return static_cast<double>(*n);
    return std::nullopt;
}

Value& Value::set(std::string_view name, Value value) {
    if (!as_object()) data_ = Object{};
    auto& members = std::get<Object>(data_);
    const auto found = std::ranges::find(members, name, &Member::first);
    if (found == members.end())
        members.emplace_back(std::string(name), std::move(value));
    else
        found->second = std::move(value);
    return *this;
}

Value& Value::push(Value value) {
    if (!as_array()) data_ = Array{};
    std::get<Array>(data_).push_back(std::move(value));
    return *this;
}

const Value* Value::find(std::string_view name) const noexcept {
    const auto* members = as_object();
    if (!members) return nullptr;
    const auto found = std::ranges::find(*members, name, &Member::first);
    return found == members->end() ? nullptr : &found->second;
}

}  // namespace gantry
