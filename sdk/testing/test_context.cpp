#include "test_context.h"

#include "borrowed_store.h"

#include <algorithm>

namespace gantry::testing::detail {

TestContext::TestContext(TestWorld& world, const Manifest& manifest, const TestHostOptions& options)
    : world_(world),
      machine_(world.machine(options.machine)),
      manifest_(manifest),
      options_(options),
      random_(SeededRandom(world.seed()).fork(options.machine + '/' + manifest.name)),
      book_(std::make_shared<JobBook>(world.clock())),
      pool_(world.clock()) {
    loops_.push_back(std::make_unique<VirtualLoop>(world.clock(), manifest.name));
}

Result<void> TestContext::check_open() const {
    const std::lock_guard lock(mutex_);
    if (closed_) return make_error(ErrorCode::closed, "testing", "the plugin is stopping");
    return {};
}

Result<EventLoop*> TestContext::add_loop(std::string_view name) {
    if (auto open = check_open(); !open) return std::move(open).error();
    const std::lock_guard lock(mutex_);
    if (loops_.size() >= kMaxLoops)
        return make_error(ErrorCode::limit, "testing", "the plugin has all the loops it may have");
    loops_.push_back(std::make_unique<VirtualLoop>(world_.clock(), std::string(name)));
    return loops_.back().get();
}

Result<std::unique_ptr<FileStore>> TestContext::open_store(const std::string& folder, bool make) {
    auto store = machine_.open_store(folder, make);
    if (!store) return store;
    return std::make_unique<BorrowedStore>(std::move(*store), ledger_->count("store"));
}

Result<Registration> TestContext::bind_command(std::string_view name, CommandHandler handler) {
    if (auto open = check_open(); !open) return std::move(open).error();
    const auto declared = std::ranges::any_of(manifest_.commands,
                                              [&](const auto& spec) { return spec.name == name; });
    if (!declared)
        return make_error(ErrorCode::usage, "testing", "the descriptor has no such command",
                          std::string(name));
    const std::lock_guard lock(bound_->mutex);
    auto held = std::make_shared<CommandHandler>(std::move(handler));
    const auto placed = bound_->commands.try_emplace(std::string(name), std::move(held));
    if (!placed.second)
        return make_error(ErrorCode::exists, "testing", "the command is bound already",
                          std::string(name));
    return ledger_->count("command", on_release([bound = bound_, key = std::string(name)] {
                              Handler gone;  // ends after the lock
                              const std::lock_guard inner(bound->mutex);
                              gone = std::move(bound->commands[key]);
                              bound->commands.erase(key);
                          }));
}

Result<Registration> TestContext::bind_sessions(std::string_view scheme, SessionOpener& opener) {
    if (auto open = check_open(); !open) return std::move(open).error();
    if (std::ranges::find(manifest_.schemes, scheme) == manifest_.schemes.end())
        return make_error(ErrorCode::usage, "testing", "the descriptor has no such scheme",
                          std::string(scheme));
    const std::lock_guard lock(bound_->mutex);
    if (!bound_->sessions.try_emplace(std::string(scheme), &opener).second)
        return make_error(ErrorCode::exists, "testing", "the scheme is bound already",
                          std::string(scheme));
    return ledger_->count("session opener", on_release([bound = bound_, key = std::string(scheme)] {
                              const std::lock_guard inner(bound->mutex);
                              bound->sessions.erase(key);
                          }));
}

std::unique_ptr<Job> TestContext::start_job(std::string title) {
    return book_->start(std::move(title));
}

void TestContext::log(LogLevel level, std::string_view text) {
    const std::lock_guard lock(mutex_);
    log_.push_back({world_.clock().now(), level, std::string(text)});
}

std::optional<std::string> TestContext::setting(std::string_view key) const {
    const auto spec =
        std::ranges::find_if(manifest_.settings, [&](const auto& s) { return s.key == key; });
    if (spec == manifest_.settings.end()) return std::nullopt;
    const auto set = options_.settings.find(spec->key);
    if (set != options_.settings.end()) return set->second;
    if (spec->fallback.empty()) return std::nullopt;
    return spec->fallback;
}

Result<Registration> TestContext::provide_raw(ServiceKey key, std::string_view instance,
                                              void* service) {
    if (auto open = check_open(); !open) return std::move(open).error();
    auto provided = machine_.services().provide_raw(manifest_.name, key, instance, service);
    if (!provided) return provided;
    return ledger_->count("service", std::move(*provided));
}

Result<Services::RawRef> TestContext::require_raw(ServiceKey key, std::string_view instance) {
    auto raw = machine_.services().require_raw(manifest_.name, key, instance);
    if (!raw) return raw;
    return RawRef{raw->service, ledger_->count("service use", std::move(raw->use))};
}

Registration TestContext::observe_raw(ServiceKey key, std::string_view instance,
                                      Callback<ServiceChange> changed) {
    return ledger_->count(
        "service observer",
        machine_.services().observe_raw(manifest_.name, loop(), key, instance, std::move(changed)));
}

TestContext::Handler TestContext::handler(std::string_view name) const {
    const std::lock_guard lock(bound_->mutex);
    const auto found = bound_->commands.find(name);
    return found == bound_->commands.end() ? nullptr : found->second;
}

SessionOpener* TestContext::sessions(std::string_view scheme) const {
    const std::lock_guard lock(bound_->mutex);
    const auto found = bound_->sessions.find(scheme);
    return found == bound_->sessions.end() ? nullptr : found->second;
}

std::vector<RecordedLog> TestContext::logged() const {
    const std::lock_guard lock(mutex_);
    return log_;
}

void TestContext::close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    pool_.close();
}

std::vector<std::string> TestContext::left_behind() const {
    auto counts = ledger_->counts();
    const auto add = [&](const char* kind, std::size_t count) {
        counts[kind] += static_cast<int>(count);
    };
    for (const auto& loop : loops_) {
        const auto open = world_.network().open_objects(*loop);
        add("timer", loop->live_timers());
        add("stream", open.streams);
        add("listener", open.listeners);
        add("datagram socket", open.datagram_sockets);
        add("connect or resolve", open.connects);
    }
    add("cancellation listener", book_->listeners());
    add("call of the blocking pool", pool_.pending());
    const auto jobs = book_->jobs();
    add("unfinished job", static_cast<std::size_t>(std::ranges::count_if(
                              jobs, [](const auto& job) { return !job.ended(); })));
    std::vector<std::string> left;
    for (const auto& [kind, count] : counts)
        if (count > 0) left.push_back(std::to_string(count) + ' ' + kind + (count > 1 ? "s" : ""));
    return left;
}

std::vector<Error> TestContext::errors() const {
    std::vector<Error> all = pool_.errors();
    for (const auto& loop : loops_)
        all.insert(all.end(), loop->errors().begin(), loop->errors().end());
    const auto& network = world_.network().errors();
    all.insert(all.end(), network.begin(), network.end());
    return all;
}

void TestContext::end_loops() {
    for (const auto& loop : loops_) loop->end();
}

}  // namespace gantry::testing::detail
