#pragma once

#include "job_book.h"

#include <gantry/testing/test_command.h>

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>

namespace gantry::testing::detail {

// One run of a command, shared by the handle, the call and the host. Thread-safe.
struct CommandState {
    CommandState(VirtualClock& world_clock, std::shared_ptr<JobBook> jobs, Arguments args,
                 RunOptions run_options)
        : clock(world_clock),
          book(std::move(jobs)),
          arguments(std::move(args)),
          options(std::move(run_options)),
          started(clock.now()) {}

    void end(std::optional<Error> error, Value value);
    // The call went away unfinished.
    void drop();
    // Says why, when it did.
    void replace_drop(Error error);
    bool finished() const;
    CommandResult result() const;

    VirtualClock& clock;
    std::shared_ptr<JobBook> book;
    const Arguments arguments;
    const RunOptions options;
    const TimePoint started;
    JobId job;  // 0: it never ran
    std::unique_ptr<VirtualLoop> blocking_loop;
    std::thread thread;
    std::unique_ptr<VirtualClock::OutsideWork> outside;

    mutable std::mutex mutex;
    CommandResult so_far;
    std::optional<std::pair<std::string, Value::Array>> streamed;  // what add_items() got
    std::size_t input_read = 0;
    bool dropped = false;
};

}  // namespace gantry::testing::detail
