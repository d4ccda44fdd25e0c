#pragma once

#include <gantry/core/value.h>

#include <cstdint>
#include <string>

namespace gantry {

// Something that happened, for whoever watches: the event stream, a log, a page. The host adds the
// time, the job and the plugin. A change of what `fields` holds is a new version of the type.
struct Event {
    std::string type;  // dotted, starting with the plugin or "job": "cs.listening"
    std::uint32_t version = 1;
    Value fields = Value::object();
    bool operator==(const Event&) const = default;
};

}  // namespace gantry
