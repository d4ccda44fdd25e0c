#include "manifest/fields.h"

#include <algorithm>
#include <limits>

#include "command/words.h"

namespace gantry::manifest {

using nlohmann::json;

void Reading::refuse(const std::string& where, std::string message) {
    if (!problem) problem = make_error(ErrorCode::plugin, "manifest", std::move(message), where);
}

Fields::Fields(const json& object, std::string where, Reading& reading)
    : object_(object), where_(std::move(where)), reading_(reading) {
    if (!object_.is_object()) reading_.refuse(where_, "must be an object");
}

std::string Fields::place(std::string_view name) const {
    return where_.empty() ? std::string(name) : where_ + "." + std::string(name);
}

const json* Fields::find(std::string_view name, Need need) {
    known_.push_back(name);
    if (object_.is_object())
        if (const auto found = object_.find(name); found != object_.end()) return &*found;
    if (need == Need::required) reading_.refuse(place(name), "is missing");
    return nullptr;
}

std::string Fields::checked_text(const json& value, const std::string& where, const Form& form) {
    const auto* text = value.get_ptr<const std::string*>();
    if (!text) {
        reading_.refuse(where, "must be a text");
        return {};
    }
    if (!form.fits(*text)) {
        reading_.refuse(where, "must be " + std::string(form.wanted));
        return {};
    }
    return *text;
}

std::string Fields::text(std::string_view name, Need need, const Form& form) {
    const auto* value = find(name, need);
    if (value && need == Need::optional && *value == "") return {};
    return value ? checked_text(*value, place(name), form) : std::string();
}

bool Fields::flag(std::string_view name) {
    const auto* value = find(name, Need::optional);
    if (!value) return false;
    if (!value->is_boolean()) reading_.refuse(place(name), "must be true or false");
    return value->is_boolean() && value->get<bool>();
}

std::uint32_t Fields::number(std::string_view name, Need need, std::uint32_t fallback) {
    const auto* value = find(name, need);
    if (!value) return fallback;
    constexpr auto kMax = std::numeric_limits<std::uint32_t>::max();
    if (value->is_number_unsigned() && value->get<std::uint64_t>() <= kMax)
        return value->get<std::uint32_t>();
    reading_.refuse(place(name), "must be a number from 0 to 4294967295");
    return fallback;
}

std::size_t Fields::one_of(std::string_view name, std::span<const std::string_view> names) {
    const auto* value = find(name, Need::optional);
    if (!value) return 0;
    const auto* text = value->get_ptr<const std::string*>();
    const auto found = text ? std::ranges::find(names, *text) : names.end();
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
    std::string wanted;
    for (const auto known : names) wanted += (wanted.empty() ? "" : ", ") + std::string(known);
    reading_.refuse(place(name), "must be one of " + wanted);
    return 0;
}

const json* Fields::find_list(std::string_view name, std::size_t limit) {
    const auto* value = find(name, Need::optional);
    if (!value) return nullptr;
    if (!value->is_array())
        reading_.refuse(place(name), "must be a list");
    else if (value->size() > limit)
        reading_.refuse(place(name), "has more than " + std::to_string(limit) + " items");
    return reading_.problem ? nullptr : value;
}

std::vector<std::string> Fields::texts(std::string_view name, const Form& form, std::size_t limit) {
    std::vector<std::string> result;
    const auto* items = find_list(name, limit);
    for (std::size_t i = 0; items && i < items->size(); ++i)
        result.push_back(
            checked_text((*items)[i], place(name) + "[" + std::to_string(i) + "]", form));
    return result;
}

void Fields::each(std::string_view name, std::size_t limit,
                  const std::function<void(Fields&)>& read) {
    const auto* items = find_list(name, limit);
    for (std::size_t i = 0; items && i < items->size() && !reading_.problem; ++i) {
        Fields fields((*items)[i], place(name) + "[" + std::to_string(i) + "]", reading_);
        read(fields);
        fields.done();
    }
}

void Fields::object(std::string_view name, const std::function<void(Fields&)>& read) {
    const auto* value = find(name, Need::required);
    if (!value || reading_.problem) return;
    Fields fields(*value, place(name), reading_);
    read(fields);
    fields.done();
}

void Fields::done() {
    if (reading_.allow_unknown || !object_.is_object()) return;
    for (const auto& [name, value] : object_.items()) {
        if (std::ranges::find(known_, name) != known_.end()) continue;
        const bool printable = name.size() <= 64 && !command::has_control(name);
        reading_.refuse(where_, printable ? "has the unknown member '" + name + "'"
                                          : "has an unknown member with an unprintable name");
    }
}

}  // namespace gantry::manifest
