#include <gantry/storage/whole_file.h>
#include <host/config/configuration.h>
#include <host/config/toml_settings.h>

#include <Poco/AutoPtr.h>
#include <Poco/Util/LayeredConfiguration.h>
#include <Poco/Util/MapConfiguration.h>
#include <gantry/command/parser.h>

#include <array>
#include <mutex>
#include <set>

namespace gantry::host {
namespace {

using Poco::Util::LayeredConfiguration;
using Poco::Util::MapConfiguration;

constexpr std::array kLayers{Layer::flag, Layer::environment, Layer::user_file, Layer::system_file,
                             Layer::fallback};

std::string first_word(const std::string& key) { return key.substr(0, key.find('.')); }

struct SetValue {
    std::string value;
    std::string source;
};

}  // namespace

struct Configuration::State {
    State() {
        int priority = 0;
        for (const Layer layer : kLayers) {
            auto& map = maps[static_cast<std::size_t>(layer)];
            map = new MapConfiguration;
            layers->add(map, std::string(layer_name(layer)), priority++, true);
        }
    }
    MapConfiguration& map(Layer layer) { return *maps[static_cast<std::size_t>(layer)]; }
    void put(Layer layer, const std::string& key, const SetValue& set);
    Result<void> read(Layer layer, const std::filesystem::path& file, bool must_exist);
    Setting setting(const DeclaredSetting& declared) const;
    Error unknown(std::string_view key, const std::string& source) const;
    Result<void> check_key(const std::string& key, const std::string& source) const;

    ConfigurationSources from;
    mutable std::mutex mutex;
    Poco::AutoPtr<LayeredConfiguration> layers{new LayeredConfiguration};
    std::array<Poco::AutoPtr<MapConfiguration>, kLayers.size()> maps;
    std::array<std::map<std::string, std::string>, kLayers.size()> sources;  // key -> where
    std::map<std::string, DeclaredSetting, std::less<>> declared;
};

void Configuration::State::put(Layer layer, const std::string& key, const SetValue& set) {
    map(layer).setString(key, set.value);
    sources[static_cast<std::size_t>(layer)][key] = set.source;
}

Result<void> Configuration::State::read(Layer layer, const std::filesystem::path& file,
                                        bool must_exist) {
    if (file.empty()) return {};
    auto text = read_whole_file(file, kMaxConfigBytes);
    if (!text) {
        const bool missing = text.error().code == ErrorCode::not_found;
        if (missing && !must_exist) return {};
        return std::move(text).error();
    }
    auto entries = read_toml_settings(*text, file.string());
    if (!entries) return std::move(entries).error();
    for (auto& entry : *entries)
        put(layer, entry.key, {entry.value, file.string() + ":" + std::to_string(entry.line)});
    return {};
}

Setting Configuration::State::setting(const DeclaredSetting& spec) const {
    Setting setting{spec, std::nullopt, Layer::fallback, {}};
    if (!layers->has(spec.key)) return setting;
    setting.value = layers->getRawString(spec.key);
    for (const Layer layer : kLayers) {
        const auto index = static_cast<std::size_t>(layer);
        if (!maps[index]->has(spec.key)) continue;
        setting.origin = layer;
        if (const auto found = sources[index].find(spec.key); found != sources[index].end())
            setting.source = found->second;
        break;
    }
    return setting;
}

Error Configuration::State::unknown(std::string_view key, const std::string& source) const {
    std::vector<std::string> keys;
    for (const auto& [name, spec] : declared) keys.push_back(name);
    std::string message = "there is no setting '" + std::string(key) + "'";
    if (const auto near = nearest(key, keys); !near.empty())
        message += "; did you mean '" + near + "'?";
    else
        message += "; 'config show' lists them";
    return make_error(ErrorCode::usage, "config", std::move(message), source);
}

Result<void> Configuration::State::check_key(const std::string& key,
                                             const std::string& source) const {
    if (declared.contains(key)) return {};
    std::set<std::string> words;
    for (const auto& [name, spec] : declared) words.insert(first_word(name));
    const std::vector<std::string> known(words.begin(), words.end());
    const auto word = first_word(key);
    const bool foreign = word != key && !words.contains(word) && nearest(word, known).empty();
    if (foreign) return {};
    return unknown(key, source);
}

Configuration::Configuration(std::unique_ptr<State> state) : state_(std::move(state)) {}
Configuration::~Configuration() = default;

Result<std::unique_ptr<Configuration>> Configuration::open(ConfigurationSources sources) {
    auto state = std::make_unique<State>();
    state->from = std::move(sources);
    const auto& from = state->from;
    for (const auto& [key, value] : from.flags) state->put(Layer::flag, key, {value, "--set"});
    if (auto user = state->read(Layer::user_file, from.user_file, from.user_file_must_exist); !user)
        return std::move(user).error();
    if (auto system = state->read(Layer::system_file, from.system_file, false); !system)
        return std::move(system).error();
    return std::unique_ptr<Configuration>(new Configuration(std::move(state)));
}

void Configuration::declare(std::vector<DeclaredSetting> settings) {
    const std::lock_guard lock(state_->mutex);
    for (auto& setting : settings) {
        if (state_->declared.contains(setting.key)) continue;
        if (!setting.fallback.empty())
            state_->map(Layer::fallback).setString(setting.key, setting.fallback);
        const auto variable = environment_name(setting.key);
        const auto& environment = state_->from.environment;
        if (const auto found = environment.find(variable);
            found != environment.end() && !found->second.empty())
            state_->put(Layer::environment, setting.key, {found->second, variable});
        state_->declared.emplace(setting.key, std::move(setting));
    }
}

Result<void> Configuration::check() const {
    const std::lock_guard lock(state_->mutex);
    for (const Layer layer : kLayers) {
        const auto index = static_cast<std::size_t>(layer);
        for (const auto& [key, source] : state_->sources[index]) {
            if (auto known = state_->check_key(key, source); !known) return known;
            const auto found = state_->declared.find(key);
            if (found == state_->declared.end()) continue;
            auto fits = check_value(found->second.kind, found->second.choices, key,
                                    state_->maps[index]->getRawString(key));
            if (fits) continue;
            auto error = std::move(fits).error();
            error.domain = "config";
            error.context = source;
            return error;
        }
    }
    return {};
}

bool Configuration::any_set() const {
    const std::lock_guard lock(state_->mutex);
    for (const auto& sources : state_->sources)
        if (!sources.empty()) return true;
    return false;
}

std::optional<std::string> Configuration::value(std::string_view key) const {
    const std::lock_guard lock(state_->mutex);
    if (!state_->declared.contains(key)) return std::nullopt;
    const std::string name(key);
    if (!state_->layers->has(name)) return std::nullopt;
    return state_->layers->getRawString(name);
}

Result<Setting> Configuration::find(std::string_view key) const {
    const std::lock_guard lock(state_->mutex);
    const auto found = state_->declared.find(key);
    if (found == state_->declared.end()) return state_->unknown(key, {});
    return state_->setting(found->second);
}

std::vector<Setting> Configuration::all() const {
    const std::lock_guard lock(state_->mutex);
    std::vector<Setting> settings;
    for (const auto& [key, declared] : state_->declared)
        settings.push_back(state_->setting(declared));
    return settings;
}

Result<Setting> Configuration::set(const std::string& key, const std::string& value) {
    auto known = find(key);
    if (!known) return known;
    const auto& spec = known->declared;
    if (auto fits = check_value(spec.kind, spec.choices, key, value); !fits)
        return std::move(fits).error();
    if (user_file().empty())
        return make_error(ErrorCode::not_found, "config",
                          "there is no user file: neither XDG_CONFIG_HOME nor HOME is set");
    auto text = read_whole_file(user_file(), kMaxConfigBytes);
    if (!text && text.error().code != ErrorCode::not_found) return std::move(text).error();
    auto edited = set_in_toml(text ? *text : std::string(), key, value, spec.kind);
    if (!edited) return std::move(edited).error();
    if (auto written = write_file_atomically(user_file(), *edited); !written)
        return std::move(written).error();
    const std::lock_guard lock(state_->mutex);
    state_->put(Layer::user_file, key, {value, user_file().string()});
    return state_->setting(spec);
}

const std::filesystem::path& Configuration::user_file() const noexcept {
    return state_->from.user_file;
}

}  // namespace gantry::host
