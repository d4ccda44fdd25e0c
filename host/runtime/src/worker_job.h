#pragma once

#include "job_state.h"

namespace gantry::host {

// The worker's end of a job in the table.
class WorkerJob final : public Job {
  public:
    WorkerJob(std::shared_ptr<JobTable::State> table, JobEntryPtr entry)
        : table_(std::move(table)), entry_(std::move(entry)) {}
    WorkerJob(const WorkerJob&) = delete;
    WorkerJob& operator=(const WorkerJob&) = delete;
    ~WorkerJob() override;

    JobId id() const noexcept override { return entry_->id; }
    void set_title(std::string title) override;
    void set_total(ByteCount total) override;
    void progress(ByteCount done) override { table_->progress(*entry_, done.value()); }
    void emit(Event event) override { table_->emit(*entry_, std::move(event)); }
    std::unique_ptr<Job> child(std::string title) override;
    void finish(Result<void> outcome) override { table_->finish(*entry_, std::move(outcome)); }
    bool cancel_requested() const noexcept override { return entry_->cancel.load(); }
    Registration on_cancel(EventLoop& loop, Task task) override {
        return table_->on_cancel(entry_, loop, std::move(task));
    }
    bool wait_for_cancel(Duration limit) override {
        return table_->wait_for_cancel(*entry_, limit);
    }

  private:
    std::shared_ptr<JobTable::State> table_;
    JobEntryPtr entry_;
};

// A child beyond the limit: it is cancelled with its parent, and shows nowhere.
class UnlistedJob final : public Job {
  public:
    UnlistedJob(std::shared_ptr<JobTable::State> table, JobEntryPtr parent)
        : table_(std::move(table)), parent_(std::move(parent)) {}

    JobId id() const noexcept override { return parent_->id; }
    void set_title(std::string) override {}
    void set_total(ByteCount) override {}
    void progress(ByteCount) override {}
    void emit(Event event) override { table_->emit(*parent_, std::move(event)); }
    std::unique_ptr<Job> child(std::string) override {
        return std::make_unique<UnlistedJob>(table_, parent_);
    }
    void finish(Result<void>) override {}
    bool cancel_requested() const noexcept override { return parent_->cancel.load(); }
    Registration on_cancel(EventLoop& loop, Task task) override {
        return table_->on_cancel(parent_, loop, std::move(task));
    }
    bool wait_for_cancel(Duration limit) override {
        return table_->wait_for_cancel(*parent_, limit);
    }

  private:
    std::shared_ptr<JobTable::State> table_;
    JobEntryPtr parent_;
};

}  // namespace gantry::host
