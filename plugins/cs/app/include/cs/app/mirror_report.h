#pragma once

#include <cs/net/mirror.h>
#include <gantry/core/value.h>

#include <string>
#include <vector>

namespace gantry::cs {

// What a dry run would have done: counted as if it had.
void count_plan(MirrorResult& result, bool remove);
// "make PATH", "get PATH", "delete PATH", a line each; and the same as items of a result.
std::string format_plan(const MirrorPlan& plan, bool remove);
Value::Array plan_items(const MirrorPlan& plan, bool remove);

// One line for people, and {"bytes","files","unchanged","deleted","failed","seconds","path"}.
std::string format_mirror(const MirrorResult& result, const std::string& local, Duration elapsed);
Value mirror_value(const MirrorResult& result, const std::string& local, Duration elapsed);
// What failed or was left out, a line each.
std::vector<std::string> mirror_notes(const MirrorResult& result);

}  // namespace gantry::cs
