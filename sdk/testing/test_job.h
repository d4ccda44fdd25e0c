#pragma once

#include "job_book.h"

namespace gantry::testing::detail {

// The worker's end of a job in a JobBook.
class TestJob final : public Job {
  public:
    TestJob(std::shared_ptr<JobBook> book, JobId id) : book_(std::move(book)), id_(id) {}
    ~TestJob() override {
        finish(make_error(ErrorCode::other, "testing", "the job was dropped before it ended"));
    }
    bool cancel_requested() const noexcept override { return book_->cancel_requested(id_); }
    Registration on_cancel(EventLoop& loop, Task task) override {
        return book_->on_cancel(id_, loop, std::move(task));
    }
    bool wait_for_cancel(Duration limit) override { return book_->wait_for_cancel(id_, limit); }

    JobId id() const noexcept override { return id_; }
    void set_title(std::string title) override {
        book_->change(id_, [&](RecordedJob& job) { job.title = std::move(title); });
    }
    void set_total(ByteCount total) override {
        book_->change(id_, [&](RecordedJob& job) { job.total = total; });
    }
    void progress(ByteCount done) override { book_->progress(id_, done); }
    void emit(Event event) override { book_->emit(id_, std::move(event)); }
    std::unique_ptr<Job> child(std::string title) override {
        return book_->start(std::move(title), id_);
    }
    void finish(Result<void> outcome) override { book_->finish(id_, std::move(outcome)); }

  private:
    std::shared_ptr<JobBook> book_;
    JobId id_;
};

}  // namespace gantry::testing::detail
