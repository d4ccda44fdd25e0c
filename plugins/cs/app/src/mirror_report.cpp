#include <cs/app/access_log.h>
#include <cs/app/get_report.h>
#include <cs/app/mirror_report.h>

#include <fmt/format.h>

namespace gantry::cs {

namespace {

// Calls `tell(action, path)` for each step, in their order.
template <class Tell>
void for_each_step(const MirrorPlan& plan, bool remove, Tell tell) {
    for (const auto& path : plan.folders) tell("make", path);
    for (const auto& file : plan.fetch) tell("get", file.path);
    if (!remove) return;
    for (const auto& path : plan.extra) tell("delete", path);
}

}  // namespace

void count_plan(MirrorResult& result, bool remove) {
    for (const auto& file : result.plan.fetch) result.bytes += file.size;
    result.files = result.plan.fetch.size();
    const bool whole = result.failed == 0 && result.unreadable == 0;
    result.kept = remove && !whole && !result.plan.extra.empty();
    if (remove && whole) result.deleted = result.plan.extra.size();
}

std::string format_plan(const MirrorPlan& plan, bool remove) {
    std::string out;
    for_each_step(plan, remove, [&](std::string_view action, const std::string& path) {
        out += fmt::format("{:<6} {}\n", action, printable(path));
    });
    return out;
}

Value::Array plan_items(const MirrorPlan& plan, bool remove) {
    Value::Array items;
    for_each_step(plan, remove, [&](std::string_view action, const std::string& path) {
        items.push_back(Value::object().set("action", action).set("name", path));
    });
    return items;
}

std::string format_mirror(const MirrorResult& result, const std::string& local, Duration elapsed) {
    return fmt::format("{}  {} in {} files, {} unchanged, {} deleted, {} ({})\n", printable(local),
                       format_size(ByteCount(result.bytes)), result.files, result.unchanged,
                       result.deleted, format_duration(elapsed),
                       format_speed(result.bytes, elapsed));
}

Value mirror_value(const MirrorResult& result, const std::string& local, Duration elapsed) {
    Value value = Value::object();
    value.set("bytes", result.bytes).set("files", result.files);
    value.set("unchanged", result.unchanged).set("deleted", result.deleted);
    value.set("failed", result.failed).set("seconds", to_seconds(elapsed)).set("path", local);
    if (result.skipped > 0) value.set("skipped", result.skipped);
    if (result.unreadable > 0) value.set("unreadable", result.unreadable);
    return value;
}

std::vector<std::string> mirror_notes(const MirrorResult& result) {
    std::vector<std::string> lines;
    for (const auto& failed : result.failures) lines.push_back(printable(describe(failed.error)));
    if (result.failed > result.failures.size())
        lines.push_back(fmt::format("and {} more", result.failed - result.failures.size()));
    if (result.skipped > 0)
        lines.push_back(fmt::format("{} links and devices were left out", result.skipped));
    if (result.kept) lines.push_back("nothing is deleted while not all can be copied");
    return lines;
}

}  // namespace gantry::cs
