#pragma once

#include <support/process.h>

namespace gantry::testing {

// A child process and this side's ends of its three pipes; output and errors do not block.
struct Spawned {
    pid_t pid = -1;
    int input = -1;
    int output = -1;
    int errors = -1;
};

// Throws std::system_error. The child dies with the calling thread.
Spawned spawn(const ProcessSpec& spec);

}  // namespace gantry::testing
