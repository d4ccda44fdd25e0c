#include <host/shell/json_text.h>

#include <nlohmann/json.hpp>

#include <type_traits>

namespace gantry::host {
namespace {

using Json = nlohmann::ordered_json;

Json to_node(const Value& value) {
    return std::visit(
        [](const auto& held) -> Json {
            using T = std::remove_cvref_t<decltype(held)>;
            if constexpr (std::is_same_v<T, std::monostate>) {
                return nullptr;
            } else if constexpr (std::is_same_v<T, Value::Array>) {
                auto node = Json::array();
                for (const auto& item : held) node.push_back(to_node(item));
                return node;
            } else if constexpr (std::is_same_v<T, Value::Object>) {
                auto node = Json::object();
                for (const auto& [name, member] : held) node[name] = to_node(member);
                return node;
            } else {
                return held;
            }
        },
        value.data());
}

void join_members(const Value& from, Value& into) {
    if (const auto* members = from.as_object())
        for (const auto& [name, member] : *members)
            if (!into.find(name)) into.set(name, member);
}

}  // namespace

std::string to_json(const Value& value) {
    return to_node(value).dump(-1, ' ', false, Json::error_handler_t::replace);
}

Value success_object(const Value& result, Duration elapsed) {
    Value object = Value::object();
    object.set("ok", true);
    join_members(result, object);
    const bool nothing = std::holds_alternative<std::monostate>(result.data());
    if (!result.as_object() && !nothing) object.set("result", result);
    if (!object.find("seconds")) object.set("seconds", to_seconds(elapsed));
    return object;
}

Value failure_object(const Error& error, const Value& fields) {
    Value told = Value::object();
    told.set("code", exit_status(error.code));
    told.set("name", error_name(error.code));
    told.set("message", describe(error));
    Value object = Value::object();
    object.set("ok", false);
    object.set("error", std::move(told));
    join_members(fields, object);
    return object;
}

}  // namespace gantry::host
