#include <host/shell/progress_block.h>
#include <host/shell/progress_view.h>

#include <algorithm>
#include <set>

namespace gantry::host {
namespace {

bool has_figures(const JobSnapshot& job) {
    return job.total || job.done.value() > 0 || job.state == JobState::cancelling;
}

// A job without figures is shown while a part of it has some.
std::set<JobId> shown_roots(const std::vector<JobSnapshot>& jobs) {
    std::set<JobId> roots;
    for (const auto& job : jobs)
        if (job.elapsed >= ProgressView::kPatience && has_figures(job))
            roots.insert(job.parent.value() != 0 ? job.parent : job.id);
    return roots;
}

}  // namespace

bool ProgressView::refresh() {
    if (!terminal_.animate()) return false;
    const JobTable* table = jobs_();
    if (table == nullptr) return false;
    auto jobs = table->snapshot();
    const auto roots = shown_roots(jobs);
    std::erase_if(jobs, [&](const JobSnapshot& job) {
        return !roots.contains(job.parent.value() != 0 ? job.parent : job.id);
    });
    auto lines = render_progress(
        jobs,
        {terminal_.columns(), std::max<std::size_t>(terminal_.rows() / 3, 4), terminal_.colour()});
    const bool any = !lines.empty();
    terminal_.set_block(std::move(lines));
    return any;
}

}  // namespace gantry::host
