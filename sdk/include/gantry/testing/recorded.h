#pragma once

#include <gantry/core/clock.h>
#include <gantry/job/job.h>
#include <gantry/plugin/context.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

// What a TestHost keeps of a plugin's doings, for a test to look at.
namespace gantry::testing {

struct RecordedJob {
    JobId id;
    JobId parent;  // 0: none
    std::string title;
    JobState state = JobState::running;
    std::optional<ByteCount> total;
    std::vector<std::pair<TimePoint, ByteCount>> progress;  // every call, in order
    std::optional<Error> error;

    bool ended() const { return state != JobState::running && state != JobState::cancelling; }
    ByteCount done() const { return progress.empty() ? ByteCount{} : progress.back().second; }
};

struct RecordedEvent {
    TimePoint at{};
    JobId job;  // 0: none
    Event event;
};

struct RecordedLog {
    TimePoint at{};
    LogLevel level = LogLevel::info;
    std::string text;
};

}  // namespace gantry::testing
