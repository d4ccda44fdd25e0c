#include <host/loader/limits.h>

#include <algorithm>
#include <thread>

#include "plugin_life.h"

namespace gantry::host {

namespace {

// The plugin is told of less than the whole limit, so that what it does at the end of its time is
// still waited for.
Duration told(Duration drain) { return drain / 5 * 4; }

std::string reason_for(Stage stage, Duration drain) {
    const std::string waited = " within " + format_duration(drain);
    switch (stage) {
        case Stage::running:
        case Stage::stopping:
            return "it did not finish stopping" + waited;
        case Stage::settling:
        case Stage::joining:
            return "a thread of it did not end" + waited;
        case Stage::destroying:
            return "its destructor did not end" + waited;
        case Stage::closing:
        case Stage::gone:
            break;
    }
    return "its code could not be closed" + waited;
}

}  // namespace

StopReport PluginInstance::stop(Duration drain) {
    auto& life = *life_;
    auto& runtime = life.context->runtime();
    const auto deadline = runtime.clock().now() + std::min(drain, Duration(std::chrono::hours(24)));
    const auto left = [&] { return std::max(deadline - runtime.clock().now(), Duration::zero()); };
    const Error unloaded = make_error(ErrorCode::cancelled, "loader",
                                      "the plugin " + manifest().name + " was unloaded");

    life.calls->close();
    life.close_sessions();
    const std::size_t cancelled = runtime.jobs().cancel_all(manifest().name);
    // It goes on by itself when this gives up, so it owns what it needs.
    std::thread worker([held = life_, drain] { held->take_down(told(drain)); });
    bool gone = false;
    if (life.wait_for(Stage::settling, left())) {
        life.calls->wait_for_none(left());
        life.calls->end_all(unloaded);
        life.enter(Stage::joining);
        gone = life.wait_for(Stage::gone, std::max(left(), loader_limits::kJoin));
    }
    if (gone) {
        worker.join();
        life.report.cancelled_jobs = cancelled;
        return life.report;
    }
    StopReport report{false, reason_for(life.stage(), drain), cancelled, 0};
    life.calls->end_all(unloaded);
    runtime.jobs().abandon(manifest().name);
    runtime.services().withdraw(manifest().name);
    life.enter(Stage::joining);
    worker.detach();
    return report;
}

}  // namespace gantry::host
