#pragma once

#include <host/runtime/job_table.h>

namespace gantry::host {

std::string_view job_state_name(JobState state) noexcept;  // "succeeded"
Event job_started(const JobSnapshot& job);
Event job_cancelling();
Event job_progress(const JobSnapshot& job);
Event job_finished(const JobSnapshot& job);

}  // namespace gantry::host
