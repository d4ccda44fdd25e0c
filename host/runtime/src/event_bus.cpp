#include <host/runtime/event_bus.h>
#include <host/runtime/on_release.h>

#include <algorithm>
#include <mutex>
#include <vector>

namespace gantry::host {

namespace {
struct Subscriber {
    Callback<const PublishedEvent&> call;
    bool gone = false;
};
}  // namespace

// The lock is held while subscribers run, so that each sees all events in one order and none after
// it has left. It is recursive because a subscriber may leave from its own call.
struct EventBus::State {
    explicit State(const Clock& c) : clock(c) {}
    const Clock& clock;
    std::recursive_mutex mutex;
    std::vector<std::shared_ptr<Subscriber>> subscribers;
};

EventBus::EventBus(const Clock& clock) : state_(std::make_shared<State>(clock)) {}
EventBus::~EventBus() = default;

void EventBus::publish(std::string plugin, JobId job, Event event) {
    std::lock_guard lock(state_->mutex);
    const PublishedEvent published{state_->clock.wall(), std::move(plugin), job, std::move(event)};
    const auto current = state_->subscribers;
    for (const auto& subscriber : current)
        if (!subscriber->gone) (void)subscriber->call(published);
}

Registration EventBus::subscribe(Callback<const PublishedEvent&> subscriber) {
    auto entry = std::make_shared<Subscriber>();
    entry->call = std::move(subscriber);
    std::lock_guard lock(state_->mutex);
    state_->subscribers.push_back(entry);
    return on_release([state = state_, entry] {
        std::lock_guard inner(state->mutex);
        entry->gone = true;
        std::erase(state->subscribers, entry);
    });
}

}  // namespace gantry::host
