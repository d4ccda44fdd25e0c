#include <gantry/testing/test_services.h>

#include "on_release.h"

#include <atomic>
#include <map>
#include <mutex>
#include <tuple>

namespace gantry::testing {

namespace {

struct Name {
    std::string id;
    std::uint32_t version = 0;
    std::string instance;
    auto operator<=>(const Name&) const = default;
};

Name name_of(ServiceKey key, std::string_view instance) {
    return {std::string(key.id), key.version, std::string(instance)};
}

std::string label(const Name& name) {
    std::string text = name.id + ' ' + std::to_string(name.version);
    if (!name.instance.empty()) text += " (" + name.instance + ')';
    return text;
}

struct Provision {
    std::string owner;
    void* service = nullptr;
    bool leaving = false;
};

struct Use {
    std::string owner;
    Name name;
};

// Shared with what is posted, so that an observer that is gone hears nothing more.
struct Observer {
    EventLoop* loop = nullptr;
    Name name;
    Callback<ServiceChange> changed;
    std::atomic<bool> dropped{false};
};

void tell(const std::shared_ptr<Observer>& observer, ServiceChange change) {
    observer->loop->post([observer, change]() -> Result<void> {
        if (observer->dropped) return {};
        return observer->changed(change);
    });
}

}  // namespace

struct TestServices::State {
    mutable std::mutex mutex;
    std::map<Name, Provision> provisions;
    std::map<std::uint64_t, Use> uses;
    std::map<std::uint64_t, std::shared_ptr<Observer>> observers;
    std::uint64_t next = 1;

    void tell_all(const Name& name, ServiceChange change) const {
        for (const auto& [serial, observer] : observers)
            if (observer->name == name) tell(observer, change);
    }
};

TestServices::TestServices() : state_(std::make_shared<State>()) {}
TestServices::~TestServices() = default;

bool TestServices::has(std::string_view id, std::uint32_t version,
                       std::string_view instance) const {
    const std::lock_guard lock(state_->mutex);
    return state_->provisions.contains({std::string(id), version, std::string(instance)});
}

Result<Registration> TestServices::provide_raw(std::string owner, ServiceKey key,
                                               std::string_view instance, void* service) {
    const Name name = name_of(key, instance);
    const std::lock_guard lock(state_->mutex);
    if (!state_->provisions.try_emplace(name, Provision{std::move(owner), service, false}).second)
        return make_error(ErrorCode::exists, "services", "is provided already", label(name));
    state_->tell_all(name, ServiceChange::arrived);
    return detail::on_release([state = state_, name] {
        const std::lock_guard inner(state->mutex);
        const auto found = state->provisions.find(name);
        if (found == state->provisions.end()) return;
        if (!found->second.leaving) state->tell_all(name, ServiceChange::leaving);
        state->provisions.erase(found);
    });
}

Result<Services::RawRef> TestServices::require_raw(std::string owner, ServiceKey key,
                                                   std::string_view instance) {
    const Name name = name_of(key, instance);
    const std::lock_guard lock(state_->mutex);
    const auto found = state_->provisions.find(name);
    if (found == state_->provisions.end())
        return make_error(ErrorCode::not_found, "services", "no plugin provides it", label(name));
    if (found->second.leaving)
        return make_error(ErrorCode::busy, "services", "its provider is stopping", label(name));
    const auto serial = state_->next++;
    state_->uses.emplace(serial, Use{std::move(owner), name});
    auto use = detail::on_release([state = state_, serial] {
        const std::lock_guard inner(state->mutex);
        state->uses.erase(serial);
    });
    return Services::RawRef{found->second.service, std::move(use)};
}

Registration TestServices::observe_raw(std::string, EventLoop& loop, ServiceKey key,
                                       std::string_view instance, Callback<ServiceChange> changed) {
    auto observer = std::make_shared<Observer>();
    observer->loop = &loop;
    observer->name = name_of(key, instance);
    observer->changed = std::move(changed);
    const std::lock_guard lock(state_->mutex);
    const auto serial = state_->next++;
    state_->observers.emplace(serial, observer);
    const auto found = state_->provisions.find(observer->name);
    if (found != state_->provisions.end() && !found->second.leaving)
        tell(observer, ServiceChange::arrived);
    return detail::on_release([state = state_, serial, observer] {
        observer->dropped = true;
        const std::lock_guard inner(state->mutex);
        state->observers.erase(serial);
    });
}

void TestServices::announce_leaving(std::string_view owner) {
    const std::lock_guard lock(state_->mutex);
    for (auto& [name, provision] : state_->provisions)
        if (provision.owner == owner && !std::exchange(provision.leaving, true))
            state_->tell_all(name, ServiceChange::leaving);
}

std::vector<std::string> TestServices::uses_of(std::string_view owner) const {
    const std::lock_guard lock(state_->mutex);
    std::vector<std::string> uses;
    for (const auto& [serial, use] : state_->uses) {
        const auto provision = state_->provisions.find(use.name);
        if (provision != state_->provisions.end() && provision->second.owner == owner &&
            use.owner != owner)
            uses.push_back(use.owner + " uses " + label(use.name));
    }
    return uses;
}

}  // namespace gantry::testing
