#pragma once

#include <gantry/core/lifetime.h>
#include <gantry/net/stream.h>

#include <functional>
#include <memory>
#include <optional>

namespace gantry::lftp {

// Tells a stream's user on its loop what waits, as Stream promises: level-triggered, in a turn of
// its own each time, and the failure once, after which nothing comes. Who is told again and again
// and does nothing is told less often. Loop thread only.
class StreamTeller : public std::enable_shared_from_this<StreamTeller> {
  public:
    // `ready` says what waits now; it is not asked after stop().
    StreamTeller(EventLoop& loop, std::function<Readiness()> ready);

    void set_callbacks(StreamCallbacks callbacks);
    void set_interest(Interest interest);
    // Something new may wait, or the user has done something.
    void news();
    void fail(Error error);
    // Nothing is told any more, and the callbacks are destroyed.
    void stop();

  private:
    bool wanted() const;
    void schedule();
    void post();
    Result<void> run();
    Result<void> tell();
    Result<void> tell_failure();

    EventLoop& loop_;
    std::function<Readiness()> ready_;
    StreamCallbacks callbacks_;
    Lifetime lifetime_;
    Interest interest_ = Interest::none;
    std::optional<Error> failure_;
    bool failure_told_ = false;
    bool stopped_ = false;
    bool scheduled_ = false;
    int idle_tellings_ = 0;  // since something was new
    std::unique_ptr<Timer> pause_;
};

}  // namespace gantry::lftp
