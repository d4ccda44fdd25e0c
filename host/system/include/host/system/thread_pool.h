#pragma once

#include <gantry/job/blocking_pool.h>

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace gantry::host {

// The real BlockingPool. The loops that are passed to submit() outlive it.
class ThreadPool final : public BlockingPool {
  public:
    static constexpr std::size_t kMaxQueued = 1024;  // beyond what runs

    // Throws std::system_error when the system has no thread to give.
    ThreadPool(const std::string& name, std::size_t threads);
    ~ThreadPool() override;  // stop()

    Result<void> submit(Task work, EventLoop& loop, Task done) override;
    // Takes nothing new, runs what was accepted, and joins. Not from a pool thread.
    void stop();
    // Told of work that threw, on a pool thread. Set it before the first submit().
    void set_fault_handler(std::function<void(const Error&)> handler);
    std::size_t threads() const noexcept { return threads_.size(); }

  private:
    struct Item {
        Task work;
        EventLoop* loop = nullptr;
        Task done;
    };
    void run();
    bool take(Item& item);
    void perform(Item item);

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Item> queue_;
    bool stopping_ = false;
    std::function<void(const Error&)> fault_handler_;
    std::vector<std::thread> threads_;
};

}  // namespace gantry::host
