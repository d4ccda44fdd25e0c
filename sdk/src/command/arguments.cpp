#include <gantry/command/arguments.h>

#include <algorithm>

#include <cassert>
#include <charconv>

namespace gantry {
namespace {

// The parser has checked the text against its kind, so a failure here is a handler that asks for
// another kind than its spec names.
template <class T>
std::optional<T> checked(Result<T> parsed) {
    assert(parsed.ok());
    if (!parsed) return std::nullopt;
    return std::move(parsed).value();
}

}  // namespace

const std::string* Arguments::last(const Values& values, std::string_view name) const {
    const auto found = values.find(name);
    return found == values.end() || found->second.empty() ? nullptr : &found->second.back();
}

bool Arguments::flag(std::string_view option) const { return last(options_, option) != nullptr; }

std::optional<std::string> Arguments::text(std::string_view option) const {
    const auto* value = last(options_, option);
    return value ? std::optional(*value) : std::nullopt;
}

std::vector<std::string> Arguments::texts(std::string_view option) const {
    const auto found = options_.find(option);
    return found == options_.end() ? std::vector<std::string>{} : found->second;
}

bool Arguments::says(std::string_view value) const {
    for (const auto& [option, values] : options_)
        if (std::find(values.begin(), values.end(), value) != values.end()) return true;
    return false;
}

std::optional<std::int64_t> Arguments::integer(std::string_view option) const {
    const auto* value = last(options_, option);
    if (!value) return std::nullopt;
    std::int64_t number = 0;
    const auto [stop, problem] =
        std::from_chars(value->data(), value->data() + value->size(), number);
    assert(problem == std::errc{});
    return problem == std::errc{} ? std::optional(number) : std::nullopt;
}

std::optional<ByteCount> Arguments::size(std::string_view option) const {
    const auto* value = last(options_, option);
    return value ? checked(parse_size(*value)) : std::nullopt;
}

std::optional<BytesPerSecond> Arguments::rate(std::string_view option) const {
    const auto* value = last(options_, option);
    return value ? checked(parse_rate(*value)) : std::nullopt;
}

std::optional<Duration> Arguments::duration(std::string_view option) const {
    const auto* value = last(options_, option);
    return value ? checked(parse_duration(*value)) : std::nullopt;
}

std::optional<HostPort> Arguments::host_port(std::string_view option) const {
    const auto* value = last(options_, option);
    return value ? checked(HostPort::parse(*value)) : std::nullopt;
}

std::string Arguments::operand(std::string_view name) const {
    const auto* value = last(operands_, name);
    return value ? *value : std::string();
}

std::vector<std::string> Arguments::operands(std::string_view name) const {
    const auto found = operands_.find(name);
    return found == operands_.end() ? std::vector<std::string>{} : found->second;
}

void Arguments::add_option(std::string_view name, std::string value) {
    options_[std::string(name)].push_back(std::move(value));
}

void Arguments::add_operand(std::string_view name, std::string value) {
    operands_[std::string(name)].push_back(std::move(value));
}

}  // namespace gantry
