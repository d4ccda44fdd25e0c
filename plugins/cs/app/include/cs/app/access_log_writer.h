#pragma once

#include <cs/net/answer.h>
#include <cs/net/pool_runner.h>

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace gantry::cs {

// Takes the access log's lines from the loops of a server and writes them on the pool, some at a
// time: a terminal or a pipe that takes nothing holds up no connection. What does not fit meanwhile
// is left out, and counted in the log.
class AccessLogWriter : public std::enable_shared_from_this<AccessLogWriter> {
  public:
    // `write` may block. `home` is the loop of `pool`; this is made there, and may end anywhere.
    AccessLogWriter(EventLoop& home, PoolRunner& pool,
                    std::function<void(const std::string& line)> write);
    // Thread-safe; copies what it needs and does not block.
    void add(const AccessRecord& record);
    // On `home`: calls `done` there when all that was added is written.
    void flush(Task done);

    static constexpr std::size_t kMaxWaiting = 10'000;  // lines
    static constexpr Duration kCollect = std::chrono::milliseconds(20);

  private:
    struct Batch {
        std::vector<AccessRecord> records;
        std::uint64_t left_out = 0;
    };
    void collect();
    void write_batch();
    void write(const Batch& batch) const;
    void written();
    Batch take();

    EventLoop& home_;
    PoolRunner& pool_;
    const std::function<void(const std::string& line)> write_;
    std::mutex mutex_;
    Batch waiting_;
    // On `home` alone:
    std::unique_ptr<Timer> timer_;
    bool writing_ = false;
    Task flushed_;
};

}  // namespace gantry::cs
