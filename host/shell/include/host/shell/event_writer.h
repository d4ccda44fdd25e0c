#pragma once

#include <gantry/command/output.h>
#include <gantry/core/registration.h>
#include <host/runtime/event_bus.h>

#include <memory>
#include <string>

namespace gantry::host {

// {"v":1,"at":"2026-01-31T12:00:00.000Z","type":"job.progress","version":1,"plugin":"cs","job":3,
// "fields":{...}} and a newline. "job" is missing where there is none.
std::string event_line(const PublishedEvent& event);

// Writes each event of the bus as one line of JSON until it is destroyed.
class EventWriter {
  public:
    EventWriter(EventBus& bus, std::unique_ptr<Output> to);

  private:
    std::shared_ptr<Output> to_;
    Registration subscription_;
};

}  // namespace gantry::host
