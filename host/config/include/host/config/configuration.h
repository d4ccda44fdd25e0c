#pragma once

#include <gantry/core/result.h>
#include <host/config/setting.h>

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gantry::host {

// What a Configuration is made from. Nothing is looked up behind its back.
struct ConfigurationSources {
    std::map<std::string, std::string> flags;        // by key
    std::map<std::string, std::string> environment;  // by variable: GANTRY_CS_PORT
    std::filesystem::path user_file;
    std::filesystem::path system_file;
    bool user_file_must_exist = false;  // it was named on the command line
};

// The settings of the host and of its plugins in layers: flag, environment, user file, system file,
// default. The files are read once, when it is opened. Thread-safe.
class Configuration {
  public:
    // Reads the files that are there. usage: a file that is no TOML; not_found: one that must
    // exist.
    static Result<std::unique_ptr<Configuration>> open(ConfigurationSources sources);
    ~Configuration();

    // Makes settings known. A key that is known already is left as it is.
    void declare(std::vector<DeclaredSetting> settings);
    // Whether all that is set is known and fits its kind. A key whose first word is no known
    // setting's, nor near one, is taken as that of a plugin that is not here, and left alone.
    Result<void> check() const;

    // Whether anything stronger than a default was given.
    bool any_set() const;
    std::optional<std::string> value(std::string_view key) const;  // of a declared key
    Result<Setting> find(std::string_view key) const;              // usage: no such setting
    std::vector<Setting> all() const;                              // by key
    // Writes the user's file. The value holds from now on, unless a stronger layer has one.
    Result<Setting> set(const std::string& key, const std::string& value);
    const std::filesystem::path& user_file() const noexcept;

  private:
    struct State;
    explicit Configuration(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace gantry::host
