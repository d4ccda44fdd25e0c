#include <host/shell/limits.h>
#include <host/shell/shell_state.h>

#include <algorithm>
#include <cctype>

namespace gantry::host {

bool is_variable_name(std::string_view name) noexcept {
    const auto fits = [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
    };
    return !name.empty() && std::isdigit(static_cast<unsigned char>(name[0])) == 0 &&
           std::all_of(name.begin(), name.end(), fits);
}

std::optional<std::string> ShellState::variable(std::string_view name) const {
    if (name == "?") return std::to_string(status);
    if (name == "!") return last_job;
    if (const auto found = variables.find(name); found != variables.end()) return found->second;
    return environment ? environment(std::string(name)) : std::nullopt;
}

Result<void> ShellState::set_variable(const std::string& name, std::string value) {
    if (!is_variable_name(name))
        return make_error(ErrorCode::usage, "shell",
                          "a variable's name has letters, digits and '_', and no digit first",
                          name);
    const bool full = variables.size() >= shell_limits::kVariables && !variables.contains(name);
    if (full) return make_error(ErrorCode::limit, "shell", "there are too many variables", name);
    if (value.size() > shell_limits::kValueBytes)
        return make_error(ErrorCode::limit, "shell", "a value has at most 64 KiB", name);
    variables[name] = std::move(value);
    return {};
}

std::string ShellState::local_path(std::string_view typed) const {
    const std::filesystem::path path(typed);
    return path.is_absolute() ? path.string() : (folder / path).lexically_normal().string();
}

}  // namespace gantry::host
