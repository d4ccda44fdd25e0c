#pragma once

#include <gantry/core/result.h>
#include <host/shell/expand.h>
#include <host/shell/session_slot.h>

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace gantry::host {

// What one shell remembers between commands. A command in the background gets a copy, as in other
// shells: what it sets is gone when it ends.
struct ShellState {
    using Names = std::map<std::string, std::string, std::less<>>;
    using Environment = std::function<std::optional<std::string>(const std::string& name)>;

    Names variables;
    Names aliases;
    std::filesystem::path folder;  // what local paths start from
    Environment environment;
    std::shared_ptr<SessionSlot> session = std::make_shared<SessionSlot>();
    int status = 0;              // $?
    std::string last_job;        // $!
    std::optional<int> leaving;  // `exit` was run, with this status
    bool keep_going = false;     // a script goes on after a command that failed
    std::size_t source_depth = 0;

    // A variable of the shell's, "?", "!", or one of the environment.
    std::optional<std::string> variable(std::string_view name) const;
    // usage: not a name; limit: too many or too long.
    Result<void> set_variable(const std::string& name, std::string value);
    std::string local_path(std::string_view typed) const;
};

bool is_variable_name(std::string_view name) noexcept;

}  // namespace gantry::host
