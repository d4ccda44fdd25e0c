#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace gantry {

// A structured value: what a command answers, what an event carries. It is the JSON data model with
// 64-bit integers, and keeps an object's members in the order they were set.
class Value {
  public:
    using Array = std::vector<Value>;
    using Member = std::pair<std::string, Value>;
    using Object = std::vector<Member>;

    Value() = default;
    Value(bool value) : data_(value) {}
    Value(int value) : data_(std::int64_t{value}) {}
    Value(unsigned value) : data_(std::uint64_t{value}) {}
    Value(std::int64_t value) : data_(value) {}
    Value(std::uint64_t value) : data_(value) {}
    Value(double value) : data_(value) {}
    Value(const char* text) : data_(std::string(text)) {}
    Value(std::string_view text) : data_(std::string(text)) {}
    Value(std::string text) : data_(std::move(text)) {}
    Value(Array items) : data_(std::move(items)) {}
    static Value array() { return Value(Array{}); }
    static Value object() {
        Value v;
        v.data_ = Object{};
        return v;
    }

    // Null unless it is of that kind. Integers answer both int and uint when the number fits, and
    // every number answers double.
    const bool* as_bool() const noexcept { return std::get_if<bool>(&data_); }
    const std::string* as_string() const noexcept { return std::get_if<std::string>(&data_); }
    const Array* as_array() const noexcept { return std::get_if<Array>(&data_); }
    const Object* as_object() const noexcept { return std::get_if<Object>(&data_); }

    std::optional<std::int64_t> as_int() const noexcept;
    std::optional<std::uint64_t> as_uint() const noexcept;
    std::optional<double> as_double() const noexcept;

    // Sets or replaces a member and makes this an object. Returns *this, to be chained.
    Value& set(std::string_view name, Value value);
    // Appends an item and makes this an array.
    Value& push(Value value);
    // The member's value, or null when this is no object or has no such member.
    const Value* find(std::string_view name) const noexcept;

    using Data = std::variant<std::monostate, bool, std::int64_t, std::uint64_t, double,
                              std::string, Array, Object>;
    const Data& data() const noexcept { return data_; }
    bool operator==(const Value&) const = default;

  private:
    Data data_;
};

}  // namespace gantry
