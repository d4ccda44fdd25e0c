#include "worker_job.h"

namespace gantry::host {

WorkerJob::~WorkerJob() {
    finish(make_error(ErrorCode::other, entry_->plugin, "the job was dropped before it ended"));
}

void WorkerJob::set_title(std::string title) {
    std::lock_guard lock(table_->data);
    entry_->title = std::move(title);
}

void WorkerJob::set_total(ByteCount total) {
    std::lock_guard lock(table_->data);
    entry_->total = total;
}

std::unique_ptr<Job> WorkerJob::child(std::string title) {
    return table_->start(entry_->plugin, std::move(title), entry_);
}

}  // namespace gantry::host
