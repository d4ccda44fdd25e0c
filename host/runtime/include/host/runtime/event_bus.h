#pragma once

#include <gantry/core/callback.h>
#include <gantry/core/clock.h>
#include <gantry/core/registration.h>
#include <gantry/core/units.h>
#include <gantry/job/event.h>

#include <memory>
#include <string>

namespace gantry::host {

// An event with what the host adds to it.
struct PublishedEvent {
    WallTime at{};
    std::string plugin;  // "host" for the host itself
    JobId job;           // 0: none
    Event event;
};

// Hands each event to every subscriber, in order, on the thread that publishes. Thread-safe. A
// subscriber must be quick and must not publish.
class EventBus {
  public:
    explicit EventBus(const Clock& clock);
    ~EventBus();
    void publish(std::string plugin, JobId job, Event event);
    Registration subscribe(Callback<const PublishedEvent&> subscriber);

  private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace gantry::host
