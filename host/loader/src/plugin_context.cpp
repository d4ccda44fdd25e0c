#include <host/loader/held_store.h>
#include <host/loader/limits.h>
#include <host/loader/plugin_context.h>
#include <host/runtime/on_release.h>
#include <host/system/folder_store.h>

#include <algorithm>

namespace gantry::host {

namespace {

// Callbacks of a plugin end up here when they throw.
ErrorSink make_faults(std::shared_ptr<Runtime> runtime, std::string plugin) {
    return [runtime = std::move(runtime), plugin = std::move(plugin)](const Error& error) {
        runtime->log(static_cast<int>(LogLevel::error), plugin, describe(error));
    };
}

const SettingSpec* find_setting(const Manifest& manifest, std::string_view key) {
    for (const auto& setting : manifest.settings)
        if (setting.key == key) return &setting;
    return nullptr;
}

}  // namespace

Result<std::unique_ptr<PluginContext>> PluginContext::create(const Runtime& runtime,
                                                             Manifest manifest) {
    auto faults = make_faults(runtime.share(), manifest.name);
    auto main = PluginLoop::start(manifest.name, faults);
    if (!main) return std::move(main).error();
    return std::unique_ptr<PluginContext>(new PluginContext(runtime.share(), std::move(manifest),
                                                            std::move(*main), std::move(faults)));
}

PluginContext::PluginContext(std::unique_ptr<Runtime> runtime, Manifest manifest,
                             std::unique_ptr<PluginLoop> main, ErrorSink faults)
    : runtime_(std::move(runtime)),
      manifest_(std::move(manifest)),
      faults_(std::move(faults)),
      ledger_(std::make_shared<Ledger>()),
      threads_(std::make_shared<CommandThreads>(manifest_.name + " command")),
      main_(*main),
      connector_(runtime_->connector(), ledger_),
      services_(manifest_.name, runtime_->services(), main_, connector_, ledger_) {
    loops_.push_back(std::move(main));
}

PluginContext::~PluginContext() {
    quiesce();
    take_down();
}

Result<EventLoop*> PluginContext::add_loop(std::string_view name) {
    std::lock_guard lock(mutex_);
    if (loops_.size() >= kMaxLoops)
        return make_error(ErrorCode::limit, "loader",
                          "a plugin has at most " + std::to_string(kMaxLoops) + " loops");
    auto made = PluginLoop::start(manifest_.name + " " + std::string(name), faults_);
    if (!made) return std::move(made).error();
    loops_.push_back(std::move(*made));
    return loops_.back().get();
}

BlockingPool& PluginContext::blocking_pool() noexcept {
    std::lock_guard lock(mutex_);
    if (!pool_) {
        pool_ = std::make_unique<ThreadPool>(manifest_.name + " pool", loader_limits::kPoolThreads);
        pool_->set_fault_handler(faults_);
    }
    return *pool_;
}

Result<std::unique_ptr<FileStore>> PluginContext::open_store(const std::string& folder, bool make) {
    auto store = open_folder_store(folder, make);
    if (!store) return store;
    return hold_store(ledger_, std::move(*store));
}

bool PluginContext::declares_command(std::string_view name) const {
    return std::any_of(manifest_.commands.begin(), manifest_.commands.end(),
                       [&](const CommandSpec& spec) { return spec.name == name; });
}

Result<Registration> PluginContext::bind_command(std::string_view name, CommandHandler handler) {
    const std::string key(name);
    if (!declares_command(name))
        return make_error(ErrorCode::usage, "loader",
                          "the descriptor of " + manifest_.name + " has no command " + key);
    auto held = std::make_shared<CommandHandler>(std::move(handler));
    {
        std::lock_guard lock(mutex_);
        if (!handlers_.emplace(key, held).second)
            return make_error(ErrorCode::exists, "loader",
                              "the command " + key + " is bound already");
    }
    return ledger_->hold("command", on_release([this, key] {
                             Handler gone;  // ends after the lock
                             std::lock_guard lock(mutex_);
                             gone = std::move(handlers_.find(key)->second);
                             handlers_.erase(key);
                         }));
}

Result<Registration> PluginContext::bind_sessions(std::string_view scheme, SessionOpener& opener) {
    const std::string key(scheme);
    const auto& declared = manifest_.schemes;
    if (std::find(declared.begin(), declared.end(), key) == declared.end())
        return make_error(ErrorCode::usage, "loader",
                          "the descriptor of " + manifest_.name + " has no scheme " + key);
    {
        std::lock_guard lock(mutex_);
        if (!openers_.emplace(key, &opener).second)
            return make_error(ErrorCode::exists, "loader",
                              "the scheme " + key + " is bound already");
    }
    return ledger_->hold("sessions", on_release([this, key] {
                             std::lock_guard lock(mutex_);
                             openers_.erase(key);
                         }));
}

std::unique_ptr<Job> PluginContext::start_job(std::string title) {
    return runtime_->jobs().start(manifest_.name, std::move(title));
}

void PluginContext::emit(Event event) {
    runtime_->events().publish(manifest_.name, JobId(0), std::move(event));
}

void PluginContext::log(LogLevel level, std::string_view text) {
    runtime_->log(static_cast<int>(level), manifest_.name, text);
}

std::optional<std::string> PluginContext::setting(std::string_view key) const {
    const SettingSpec* const spec = find_setting(manifest_, key);
    if (!spec) return std::nullopt;
    auto set = runtime_->setting(manifest_.name + "." + spec->key);
    if (set || spec->fallback.empty()) return set;
    return spec->fallback;
}

}  // namespace gantry::host
