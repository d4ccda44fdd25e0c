#include <host/shell/host_services.h>

namespace gantry::host {
namespace {

constexpr int kDebug = 0;
constexpr int kWarning = 2;
constexpr int kError = 3;

int log_threshold(const ProcessOptions& options) {
    if (options.verbose) return kDebug;
    return options.quiet ? kError : kWarning;
}

void split_path(const std::string& text, std::vector<std::filesystem::path>& into) {
    std::size_t begin = 0;
    while (begin <= text.size()) {
        const auto end = std::min(text.find(':', begin), text.size());
        if (end > begin) into.emplace_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
}

ConnectPolicy connect_policy(const Configuration& configuration) {
    ConnectPolicy policy;
    if (const auto address = configuration.value("network.bind_address"))
        if (auto parsed = IpAddress::parse(*address)) policy.bind_address = *parsed;
    policy.bind_interface = configuration.value("network.bind_interface").value_or("");
    const auto family = configuration.value("network.family").value_or("any");
    policy.allow_v4 = family != "ipv6";
    policy.allow_v6 = family != "ipv4";
    return policy;
}

}  // namespace

std::vector<DeclaredSetting> host_settings() {
    return {
        {"color", ValueKind::choice, "auto", "Colours on a terminal", {"auto", "always", "never"}},
        {"drain", ValueKind::duration, "10s", "How long what runs may take to end on leaving", {}},
        {"history_size",
         ValueKind::integer,
         "2000",
         "How many typed lines are kept; 0 keeps none",
         {}},
        {"network.bind_address", ValueKind::text, "", "Connect from this local address only", {}},
        {"network.bind_interface", ValueKind::text, "", "Connect through this interface only", {}},
        {"network.family",
         ValueKind::choice,
         "any",
         "Which addresses to connect to",
         {"any", "ipv4", "ipv6"}},
        {"plugin_path",
         ValueKind::text,
         "",
         "More folders with plugins, with ':' between them",
         {}},
    };
}

std::filesystem::path program_folder() {
    std::error_code none;
    return std::filesystem::read_symlink("/proc/self/exe", none).parent_path();
}

HostServices::HostServices(const ProcessOptions& options, Configuration& configuration,
                           Terminal& terminal)
    : options_(options), configuration_(configuration), terminal_(terminal) {}

HostServices::~HostServices() = default;

Runtime& HostServices::make_runtime() {
    Runtime::Options options;
    options.connect = connect_policy(configuration_);
    options.setting = [this](std::string_view key) { return configuration_.value(key); };
    options.log = [&terminal = terminal_, threshold = log_threshold(options_)](
                      int level, std::string_view plugin, std::string_view text) {
        if (level < threshold) return;
        (void)terminal.write(Channel::error,
                             "gantry: " + std::string(plugin) + ": " + std::string(text) + "\n");
    };
    runtime_ = std::make_unique<Runtime>(std::move(options));
    jobs_.store(&runtime_->jobs());
    return *runtime_;
}

Runtime& HostServices::runtime() {
    const std::lock_guard lock(mutex_);
    return runtime_ ? *runtime_ : make_runtime();
}

PluginManager& HostServices::plugins() {
    if (auto* made = plugins_so_far_.load()) return *made;
    const std::lock_guard lock(mutex_);
    if (plugins_) return *plugins_;
    plugins_ = std::make_unique<PluginManager>(runtime(), plugin_folders());
    for (const auto& plugin : plugins_->list()) {
        if (!plugin.descriptor) continue;
        const auto& manifest = plugin.descriptor->manifest;
        std::vector<DeclaredSetting> settings;
        for (const auto& spec : manifest.settings)
            settings.push_back({manifest.name + "." + spec.key, spec.kind, spec.fallback,
                                spec.summary, spec.choices});
        configuration_.declare(std::move(settings));
    }
    plugins_so_far_.store(plugins_.get());
    return *plugins_;
}

Configuration& HostServices::configuration() {
    (void)plugins();
    return configuration_;
}

std::vector<std::filesystem::path> HostServices::plugin_folders() const {
    std::vector<std::filesystem::path> folders(options_.plugin_path.begin(),
                                               options_.plugin_path.end());
    if (const auto path = configuration_.value("plugin_path")) split_path(*path, folders);
    const auto prefix = program_folder().parent_path();
    folders.push_back(prefix / "lib/gantry/plugins");
    const auto installed = prefix / GANTRY_LIBRARY_FOLDER / "gantry/plugins";
    if (installed != folders.back()) folders.push_back(installed);
    return folders;
}

}  // namespace gantry::host
