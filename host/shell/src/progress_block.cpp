#include <host/shell/progress_block.h>
#include <host/shell/text.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace gantry::host {
namespace {

constexpr std::size_t kTitleWidth = 16;  // left to a title before figures are dropped

bool is_running(const JobSnapshot& job) {
    return job.state == JobState::running || job.state == JobState::cancelling;
}

double fraction(const JobSnapshot& job) {
    if (!job.total || job.total->value() == 0) return 0;
    const auto part =
        static_cast<double>(job.done.value()) / static_cast<double>(job.total->value());
    return std::clamp(part, 0.0, 1.0);
}

std::string percent(const JobSnapshot& job) {
    if (!job.total) return {};
    return padded_left(std::to_string(static_cast<int>(fraction(job) * 100)) + "%", 4);
}

std::string bar(const JobSnapshot& job, std::size_t width, const ProgressStyle& style) {
    const auto full =
        static_cast<std::size_t>(std::floor(fraction(job) * static_cast<double>(width)));
    std::string filled(full, '=');
    if (full < width) filled += '>';
    const std::string rest(width - filled.size(), ' ');
    if (style.colour) filled = "\x1b[32m" + filled + "\x1b[0m";
    return "[" + filled + rest + "]";
}

std::string amount(const JobSnapshot& job) {
    std::string text = format_size(job.done);
    if (job.total) text += " / " + format_size(*job.total);
    return text;
}

std::string speed(const JobSnapshot& job) {
    std::string text;
    if (job.rate.value() > 0) text += "  " + format_rate(job.rate);
    if (job.time_left) text += "  " + format_duration(*job.time_left);
    return text;
}

// What stands right of the title, the richest first.
std::vector<std::string> figures(const JobSnapshot& job, const ProgressStyle& style) {
    if (job.state == JobState::cancelling) return {"stopping"};
    if (!job.total) return {amount(job) + speed(job), amount(job)};
    const auto most = percent(job) + "  " + amount(job) + speed(job);
    return {bar(job, 20, style) + most, bar(job, 10, style) + most,
            bar(job, 10, style) + percent(job) + speed(job), percent(job) + speed(job),
            percent(job)};
}

std::string job_line(const JobSnapshot& job, std::string_view label, const ProgressStyle& style) {
    const std::size_t room = style.width > 1 ? style.width - 1 : 1;
    std::string right;
    for (auto& form : figures(job, style)) {
        right = std::move(form);
        if (display_width(right) + 2 + kTitleWidth <= room) break;
    }
    if (display_width(right) + 2 >= room) return shortened(right, room);
    const auto width = room - display_width(right) - 2;
    return padded(safe_for_terminal(label), width) + "  " + right;
}

JobSnapshot total_of(const std::vector<const JobSnapshot*>& jobs) {
    JobSnapshot sum;
    sum.total = ByteCount(0);
    for (const auto* job : jobs) {
        sum.done += job->done;
        sum.rate += job->rate;
        if (job->total && sum.total)
            *sum.total += *job->total;
        else
            sum.total.reset();
    }
    if (sum.total && sum.rate.value() > 0 && *sum.total > sum.done)
        sum.time_left =
            std::chrono::seconds((*sum.total - sum.done).value() / sum.rate.value() + 1);
    return sum;
}

}  // namespace

std::vector<std::string> render_progress(std::span<const JobSnapshot> jobs,
                                         const ProgressStyle& style) {
    std::vector<const JobSnapshot*> roots;
    std::map<JobId, std::vector<const JobSnapshot*>> parts;
    for (const auto& job : jobs) {
        if (!is_running(job)) continue;
        if (job.parent.value() == 0)
            roots.push_back(&job);
        else
            parts[job.parent].push_back(&job);
    }
    std::vector<std::string> lines;
    for (const auto* root : roots) {
        lines.push_back(
            job_line(*root, "%" + std::to_string(root->id.value()) + " " + root->title, style));
        for (const auto* part : parts[root->id])
            lines.push_back(job_line(*part, "    " + part->title, style));
    }
    const std::size_t room = std::max<std::size_t>(style.rows, 2) - (roots.size() > 1 ? 1 : 0);
    if (lines.size() > room) {
        const auto hidden = lines.size() - room + 1;
        lines.resize(room - 1);
        lines.push_back(shortened("    ... and " + std::to_string(hidden) + " more",
                                  style.width > 1 ? style.width - 1 : 1));
    }
    if (roots.size() > 1) lines.push_back(job_line(total_of(roots), "total", style));
    return lines;
}

}  // namespace gantry::host
