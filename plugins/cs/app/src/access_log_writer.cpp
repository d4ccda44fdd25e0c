#include <cs/app/access_log.h>
#include <cs/app/access_log_writer.h>

#include <utility>

namespace gantry::cs {

AccessLogWriter::AccessLogWriter(EventLoop& home, PoolRunner& pool,
                                 std::function<void(const std::string& line)> write)
    : home_(home), pool_(pool), write_(std::move(write)) {}

void AccessLogWriter::add(const AccessRecord& record) {
    std::unique_lock lock(mutex_);
    if (waiting_.records.size() == kMaxWaiting) {
        ++waiting_.left_out;
        return;
    }
    waiting_.records.push_back(record);
    const bool first = waiting_.records.size() == 1;
    lock.unlock();
    if (first) home_.post([self = shared_from_this()] { self->collect(); });
}

// Waits a moment for more, so that a busy server wakes the pool fifty times a second at most.
void AccessLogWriter::collect() {
    if (writing_ || timer_) return;
    if (flushed_) return write_batch();
    timer_ = home_.make_timer([weak = weak_from_this()] {
        if (const auto self = weak.lock()) self->write_batch();
    });
    timer_->arm(home_.now() + kCollect);
}

// Where the pool takes nothing any more, as the plugin is ending, the last lines are written here.
void AccessLogWriter::write_batch() {
    timer_.reset();
    writing_ = true;
    const auto batch = std::make_shared<Batch>(take());
    pool_.run(
        [self = shared_from_this(), batch] {
            self->write(*batch);
            return Result<void>();
        },
        [self = shared_from_this(), batch](const Result<void>& outcome) {
            if (!outcome) self->write(*batch);
            self->written();
        });
}

void AccessLogWriter::write(const Batch& batch) const {
    for (const auto& record : batch.records) write_(format_access(record));
    if (batch.left_out > 0)
        write_("the log left out " + std::to_string(batch.left_out) +
               " requests: its reader is too slow");
}

void AccessLogWriter::written() {
    writing_ = false;
    const bool more = [&] {
        const std::lock_guard lock(mutex_);
        return !waiting_.records.empty();
    }();
    if (more) return write_batch();
    (void)std::exchange(flushed_, {})();
}

void AccessLogWriter::flush(Task done) {
    flushed_ = std::move(done);
    if (!writing_) write_batch();
}

AccessLogWriter::Batch AccessLogWriter::take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(waiting_, {});
}

}  // namespace gantry::cs
