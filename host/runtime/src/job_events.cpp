#include "job_events.h"

namespace gantry::host {

namespace {

Value error_fields(const Error& error) {
    Value fields = Value::object();
    fields.set("code", exit_status(error.code));
    fields.set("name", error_name(error.code));
    fields.set("message", describe(error));
    return fields;
}

}  // namespace

std::string_view job_state_name(JobState state) noexcept {
    switch (state) {
        case JobState::running:
            return "running";
        case JobState::cancelling:
            return "cancelling";
        case JobState::succeeded:
            return "succeeded";
        case JobState::failed:
            return "failed";
        case JobState::cancelled:
            return "cancelled";
    }
    return "unknown";
}

Event job_started(const JobSnapshot& job) {
    Event event{"job.started", 1, Value::object()};
    event.fields.set("title", job.title);
    if (job.parent.value() != 0) event.fields.set("parent", job.parent.value());
    return event;
}

Event job_cancelling() { return {"job.cancelling", 1, Value::object()}; }

Event job_progress(const JobSnapshot& job) {
    Event event{"job.progress", 1, Value::object()};
    event.fields.set("bytes", job.done.value());
    if (job.total) event.fields.set("total", job.total->value());
    event.fields.set("rate", job.rate.value());
    if (job.time_left) event.fields.set("time_left", to_seconds(*job.time_left));
    return event;
}

Event job_finished(const JobSnapshot& job) {
    Event event{"job.finished", 1, Value::object()};
    event.fields.set("state", job_state_name(job.state));
    event.fields.set("bytes", job.done.value());
    event.fields.set("seconds", to_seconds(job.elapsed));
    if (job.error) event.fields.set("error", error_fields(*job.error));
    return event;
}

}  // namespace gantry::host
