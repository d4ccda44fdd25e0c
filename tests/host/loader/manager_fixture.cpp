#include "manager_fixture.h"

#include <gantry/command/parser.h>

namespace gantry::host {

std::filesystem::path plugin_file(const std::string& name) {
    return std::filesystem::path(TEST_PLUGINS) / (name + ".so");
}

Run::Run(std::string name, std::vector<std::string> words) : name_(std::move(name)) {
    for (auto& word : words) arguments_.add_operand("WORD", std::move(word));
}

Run::Run(std::string name, Arguments arguments)
    : name_(std::move(name)), arguments_(std::move(arguments)) {}

CommandRequest Run::request() {
    CommandRequest request{name_,      name_,   arguments_, state_->out, state_->messages,
                           state_->in, session, "/folder",  json,        {},
                           {}};
    request.listening = [state = state_](std::string, Endpoint at) {
        std::lock_guard lock(state->mutex);
        state->listening = at;
        state->changed.notify_all();
    };
    request.finished = [state = state_](CommandOutcome outcome) {
        std::lock_guard lock(state->mutex);
        ++state->outcomes;
        state->outcome = std::move(outcome);
        state->changed.notify_all();
    };
    return request;
}

CommandOutcome Run::wait() {
    std::unique_lock lock(state_->mutex);
    state_->changed.wait(lock, [this] { return state_->outcome.has_value(); });
    CPPUNIT_ASSERT_EQUAL_MESSAGE("an outcome comes once", 1, state_->outcomes);
    return *state_->outcome;
}

bool Run::ended() const {
    std::lock_guard lock(state_->mutex);
    return state_->outcome.has_value();
}

Endpoint Run::wait_until_listening() {
    std::unique_lock lock(state_->mutex);
    state_->changed.wait(lock, [this] { return state_->listening || state_->outcome; });
    const auto ended = state_->outcome && state_->outcome->error;
    CPPUNIT_ASSERT_MESSAGE(ended ? describe(*state_->outcome->error) : "", state_->listening);
    return *state_->listening;
}

ManagerFixture::ManagerFixture() : ManagerFixture({TEST_PLUGINS}) {}

ManagerFixture::ManagerFixture(std::vector<std::filesystem::path> folders)
    : runtime(options()), manager_(std::in_place, runtime, std::move(folders)) {}

Runtime::Options ManagerFixture::options() {
    Runtime::Options o;
    o.setting = [this](std::string_view key) -> std::optional<std::string> {
        const auto found = settings.find(std::string(key));
        if (found == settings.end()) return std::nullopt;
        return found->second;
    };
    o.log = [this](int, std::string_view plugin, std::string_view text) {
        std::lock_guard lock(mutex_);
        log_.push_back(std::string(plugin) + ": " + std::string(text));
    };
    return o;
}

std::vector<std::string> ManagerFixture::log() const {
    std::lock_guard lock(mutex_);
    return log_;
}

void ManagerFixture::clear_log() {
    std::lock_guard lock(mutex_);
    log_.clear();
}

bool ManagerFixture::logged(const std::string& part) const {
    for (const auto& line : log())
        if (line.find(part) != std::string::npos) return true;
    return false;
}

CommandOutcome ManagerFixture::run(const std::string& name, std::vector<std::string> words) {
    Run run(name, std::move(words));
    const auto id = manager().start(run.request());
    if (!id) return {id.error(), Value::object(), {}};
    return run.wait();
}

Arguments ManagerFixture::parse(const std::string& name, const std::vector<std::string>& words) {
    const auto spec = manager().find_command(name);
    CPPUNIT_ASSERT_MESSAGE(name, spec.has_value());
    auto parsed = parse_arguments(*spec, words);
    CPPUNIT_ASSERT_MESSAGE(parsed ? "" : describe(parsed.error()), parsed.ok());
    return std::move(*parsed);
}

void ManagerFixture::load(const std::string& name) {
    const auto loaded = manager().load(name);
    CPPUNIT_ASSERT_MESSAGE(loaded ? "" : describe(loaded.error()), loaded.ok());
    CPPUNIT_ASSERT(loaded->state == PluginState::loaded);
}

UnloadReport ManagerFixture::unload(const std::string& name, Duration drain) {
    const auto reports = manager().unload(name, {drain, false});
    CPPUNIT_ASSERT_MESSAGE(reports ? "" : describe(reports.error()), reports.ok());
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, reports->size());
    CPPUNIT_ASSERT_EQUAL(name, reports->front().name);
    return reports->front();
}

std::string ManagerFixture::ledger(const std::string& name) {
    std::string text;
    const auto info = manager().info(name);
    CPPUNIT_ASSERT(info.ok());
    for (const auto& [kind, count] : info->ledger)
        text += (text.empty() ? "" : ", ") + kind + " " + std::to_string(count);
    return text;
}

}  // namespace gantry::host
