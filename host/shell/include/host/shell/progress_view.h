#pragma once

#include <host/runtime/job_table.h>
#include <host/shell/terminal.h>

#include <functional>

namespace gantry::host {

// Keeps the terminal's job block up to date with the job table. Belongs to the shell's thread.
class ProgressView {
  public:
    // `jobs` is asked only when there may be some. All outlive the view.
    ProgressView(Terminal& terminal, std::function<const JobTable*()> jobs)
        : terminal_(terminal), jobs_(std::move(jobs)) {}
    // Shows what runs now; whether there is anything. A job that has run for less than kPatience,
    // and one that has no figures, is not shown.
    bool refresh();
    void clear() { terminal_.set_block({}); }

    static constexpr Duration kPatience = std::chrono::milliseconds(300);

  private:
    Terminal& terminal_;
    std::function<const JobTable*()> jobs_;
};

}  // namespace gantry::host
