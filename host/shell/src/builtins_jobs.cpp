#include <host/shell/builtins.h>
#include <host/shell/table.h>

#include <charconv>

namespace gantry::host {
namespace {

std::string shown(JobId id) { return "%" + std::to_string(id.value()); }

bool has_ended(const JobSnapshot& job) {
    return job.state != JobState::running && job.state != JobState::cancelling;
}

Error no_job(JobId id) {
    return make_error(ErrorCode::not_found, "shell", "there is no such job; 'jobs' lists them",
                      shown(id));
}

Error job_failed(const JobSnapshot& job) {
    if (!job.error)
        return make_error(ErrorCode::cancelled, "shell", "it was cancelled", shown(job.id));
    return make_error(job.error->code, "shell", "it failed: " + describe(*job.error),
                      shown(job.id));
}

Value value_of(const JobSnapshot& job) {
    Value value = Value::object();
    value.set("id", job.id.value()).set("plugin", job.plugin).set("title", job.title);
    if (job.parent.value() != 0) value.set("parent", job.parent.value());
    value.set("state", job_state_word(job.state)).set("bytes", job.done.value());
    if (job.total) value.set("total", job.total->value());
    value.set("rate", job.rate.value());
    value.set("seconds", to_seconds(job.elapsed));
    if (job.error) value.set("error", describe(*job.error));
    return value;
}

std::vector<std::string> row_of(const JobSnapshot& job) {
    return {shown(job.id),
            std::string(job_state_word(job.state)),
            format_size(job.done),
            job.total ? format_size(*job.total) : "-",
            job.rate.value() > 0 ? format_rate(job.rate) : "-",
            format_duration(job.elapsed),
            job.title};
}

Result<Value> list(JobTable& jobs, BuiltinCall& call) {
    std::vector<std::vector<std::string>> rows;
    Value array = Value::array();
    for (const auto& job : jobs.snapshot()) {
        const bool wanted = call.arguments.flag("all") || !has_ended(job);
        if (!wanted || job.parent.value() != 0) continue;
        rows.push_back(row_of(job));
        array.push(value_of(job));
    }
    const std::vector<TableColumn> columns{{"JOB"},         {"STATE"},      {"DONE", true},
                                           {"TOTAL", true}, {"RATE", true}, {"TIME", true},
                                           {"COMMAND"}};
    (void)call.out.write(render_table(columns, rows, call.width));
    return Value::object().set("jobs", std::move(array));
}

// Until the job has ended, or `cancel` is asked for.
Result<JobSnapshot> await(JobTable& jobs, JobId id, const CancelToken& cancel) {
    if (!jobs.find(id)) return no_job(id);
    while (!jobs.wait(id, kCancelCheck))
        if (cancel.cancel_requested())
            return make_error(ErrorCode::cancelled, "shell", "stopped waiting", shown(id));
    const auto job = jobs.find(id);
    if (!job) return no_job(id);
    return *job;
}

Result<Value> wait(JobTable& jobs, BackgroundTasks& background, BuiltinCall& call) {
    const auto names = call.arguments.operands("JOB");
    if (names.empty()) {
        const int status = background.wait_all(call.context);
        if (status == 0) return Value::object();
        const auto code = status <= 15 ? static_cast<ErrorCode>(status) : ErrorCode::other;
        return make_error(code, "shell", "a command in the background failed");
    }
    std::optional<Error> failed;
    for (const auto& name : names) {
        auto job = await(jobs, job_id_of(name), call.context.cancel);
        if (!job) return std::move(job).error();
        if (job->state != JobState::succeeded && !failed) failed = job_failed(*job);
    }
    if (failed) return std::move(*failed);
    return Value::object();
}

Result<Value> cancel(JobTable& jobs, BuiltinCall& call) {
    std::vector<JobId> ids;
    for (const auto& name : call.arguments.operands("JOB")) ids.push_back(job_id_of(name));
    if (call.arguments.flag("all"))
        for (const auto& job : jobs.snapshot())
            if (!has_ended(job) && job.parent.value() == 0) ids.push_back(job.id);
    if (ids.empty() && !call.arguments.flag("all"))
        return make_error(ErrorCode::usage, "shell", "say which job, such as %3, or --all",
                          "cancel");
    for (const auto id : ids) {
        auto asked = jobs.cancel(id);
        if (!asked) return std::move(asked).error();
    }
    return Value::object().set("cancelled", std::uint64_t{ids.size()});
}

JobId last_running(const JobTable& jobs) {
    JobId last;
    for (const auto& job : jobs.snapshot())
        if (!has_ended(job) && job.parent.value() == 0) last = job.id;
    return last;
}

// Unlike `wait`, Ctrl-C cancels the job.
Result<Value> foreground(JobTable& jobs, BuiltinCall& call) {
    const auto name = call.arguments.operand("JOB");
    const JobId id = name.empty() ? last_running(jobs) : job_id_of(name);
    if (id.value() == 0)
        return make_error(ErrorCode::not_found, "shell", "no job runs in the background");
    const auto found = jobs.find(id);
    if (!found) return no_job(id);
    (void)call.messages.write(found->title + "\n");
    const auto hook = call.context.cancel.on_request([&] { (void)jobs.cancel(id); });
    while (!jobs.wait(id, kCancelCheck)) {
    }
    const auto job = jobs.find(id);
    if (job && job->state != JobState::succeeded) return job_failed(*job);
    return job ? value_of(*job) : Value::object();
}

CommandSpec wait_spec() {
    auto made = command_spec("wait", "Wait for jobs, or for all that runs in the background");
    made.execution = Execution::blocking;
    made.operands = {repeated(optional("JOB", ValueKind::job, "The jobs"))};
    made.examples = {{"wait %3", "Fails when the job fails"}};
    return made;
}

}  // namespace

JobId job_id_of(std::string_view text) {
    if (!text.empty() && text[0] == '%') text.remove_prefix(1);
    std::uint64_t number = 0;
    const auto end = text.data() + text.size();
    const auto [stop, problem] = std::from_chars(text.data(), end, number);
    return problem == std::errc{} && stop == end ? JobId(number) : JobId();
}

std::string_view job_state_word(JobState state) noexcept {
    switch (state) {
        case JobState::running:
            return "running";
        case JobState::cancelling:
            return "stopping";
        case JobState::succeeded:
            return "done";
        case JobState::failed:
            return "failed";
        case JobState::cancelled:
            break;
    }
    return "cancelled";
}

void add_job_builtins(BuiltinTable& table, JobsNeeded jobs, BackgroundTasks& background) {
    auto jobs_spec = command_spec("jobs", "List what runs");
    jobs_spec.options = {flag("all", 'a', "Those that have ended too")};
    table.add({std::move(jobs_spec), [jobs](BuiltinCall& call) { return list(jobs(), call); }});
    table.add({wait_spec(),
               [jobs, &background](BuiltinCall& call) { return wait(jobs(), background, call); }});
    auto cancel_spec = command_spec("cancel", "Ask jobs to stop");
    cancel_spec.operands = {repeated(optional("JOB", ValueKind::job, "The jobs"))};
    cancel_spec.options = {flag("all", 'a', "All that run")};
    table.add({std::move(cancel_spec), [jobs](BuiltinCall& call) { return cancel(jobs(), call); }});
    auto fg_spec = command_spec("fg", "Bring a job to the foreground: Ctrl-C then cancels it");
    fg_spec.execution = Execution::blocking;
    fg_spec.operands = {optional("JOB", ValueKind::job, "The job; without it, the latest")};
    table.add({std::move(fg_spec), [jobs](BuiltinCall& call) { return foreground(jobs(), call); }});
}

}  // namespace gantry::host
