#pragma once

#include <map>
#include <string>
#include <vector>

namespace gantry::host {

// What the process was started with.
struct ProcessStart {
    std::vector<std::string> arguments;  // without the program's own name
    std::map<std::string, std::string> environment;
};

// Runs the program and answers its exit status. Call it before any thread is started.
int run_application(const ProcessStart& start);

}  // namespace gantry::host
