#pragma once

#include <functional>
#include <optional>
#include <string>

namespace gantry::testing {

// Runs `body` in a forked copy of this test program, for what must not happen in the program
// itself: becoming another user, mounting a file system. `body` answers what it found wrong, or
// nothing; so does this, also when the child throws or dies. The body must not start threads or use
// CppUnit.
std::string run_in_child(const std::function<std::string()>& body);

// For such a child. Each answers what stood in the way, or nothing.
std::string become_nobody();
// Mounts a file system of this type ("tmpfs") on `folder`, seen by the child alone.
std::string mount_privately(const std::string& type, const std::string& folder,
                            const std::string& options);

// Why the two above cannot work here ("not root"), to be printed by a test that is skipped.
std::optional<std::string> reason_against_other_users();
std::optional<std::string> reason_against_mounts();
// Prints it in the form all tests use.
void say_skipped(const std::string& reason);

}  // namespace gantry::testing
