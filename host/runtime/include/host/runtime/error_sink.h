#pragma once

#include <gantry/core/error.h>

#include <functional>

namespace gantry::host {

// Where the errors of callbacks go that nobody waits for: what a plugin's callback threw. Any
// thread; may be empty.
using ErrorSink = std::function<void(const Error& error)>;

}  // namespace gantry::host
