#pragma once

#include <support/process.h>

#include <filesystem>
#include <string>
#include <vector>

namespace gantry::testing {

// How to run the program that this build made, with this build's plugins: "gantry ARGUMENTS...".
// Its settings, history and other files of its own lie beneath `home`, which is also where it
// starts, so no run sees the person's own or another test's.
ProcessSpec gantry_command(std::vector<std::string> arguments, const std::filesystem::path& home);
// The same as the user "nobody", from a copy of the program beneath `home`, which every user may
// then enter. For tests that reason_against_other_users() has nothing against.
ProcessSpec gantry_as_nobody(std::vector<std::string> arguments, const std::filesystem::path& home);

}  // namespace gantry::testing
