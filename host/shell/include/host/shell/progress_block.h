#pragma once

#include <host/runtime/job_table.h>

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace gantry::host {

struct ProgressStyle {
    std::size_t width = 80;
    std::size_t rows = 8;  // at most so many lines
    bool colour = false;
};

// The lines of the job block: one for each running job, its running parts indented below it, and a
// total when several jobs run. Each line is narrower than the width. A pure function.
std::vector<std::string> render_progress(std::span<const JobSnapshot> jobs,
                                         const ProgressStyle& style);

}  // namespace gantry::host
