#include <host/system/asio_loop.h>
#include <host/system/system_clock.h>

#include <utility>  // Asio 1.74 uses std::exchange without it

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <optional>
#include <thread>

#include "post_queue.h"
#include "timer_queue.h"
#include "watch_set.h"

namespace gantry::host {

namespace asio = boost::asio;

struct AsioLoop::Impl {
    Impl();
    ~Impl();
    void wake_for_tasks();
    void run_tasks();
    void wake_at(TimePoint when);
    void fire_timers();
    void wait_for_watches();
    void enter() { thread = std::this_thread::get_id(); }

    SystemClock clock;
    FaultSink faults;
    PostQueue posted;
    TimerQueue timers{[this](TimePoint when) { wake_at(when); }};
    WatchSet watches;
    asio::io_context io{1};
    asio::steady_timer alarm{io};
    std::optional<TimePoint> alarm_at;
    asio::posix::stream_descriptor ready{io, watches.descriptor()};
    std::atomic<std::thread::id> thread{std::this_thread::get_id()};
};

AsioLoop::Impl::Impl() { wait_for_watches(); }

// Tasks may hold streams and timers, which need the rest of the loop to go.
AsioLoop::Impl::~Impl() {
    posted.close();
    posted.clear();
    (void)ready.release();  // the descriptor is the watch set's
}

void AsioLoop::Impl::wake_for_tasks() {
    asio::post(io, [this] { run_tasks(); });
}

void AsioLoop::Impl::run_tasks() {
    posted.run(faults);
    if (posted.finished()) io.stop();
}

// One alarm for all timers; it is only moved when it would be too late, so arming a timer for later
// than the first one costs no system call.
void AsioLoop::Impl::wake_at(TimePoint when) {
    if (alarm_at && *alarm_at <= when) return;
    alarm_at = when;
    alarm.expires_at(std::chrono::steady_clock::time_point(when.time_since_epoch()));
    alarm.async_wait([this](const boost::system::error_code& error) {
        if (!error) fire_timers();
    });
}

void AsioLoop::Impl::fire_timers() {
    alarm_at.reset();
    timers.fire(clock.now(), faults);
    if (const auto next = timers.next()) wake_at(*next);
}

void AsioLoop::Impl::wait_for_watches() {
    ready.async_wait(asio::posix::stream_descriptor::wait_read,
                     [this](const boost::system::error_code& error) {
                         if (error) return;
                         watches.dispatch(faults);
                         wait_for_watches();
                     });
}

AsioLoop::AsioLoop() : impl_(std::make_unique<Impl>()) {}
AsioLoop::~AsioLoop() = default;

void AsioLoop::run() {
    impl_->enter();
    impl_->io.run();  // the wait for watches never ends, so neither does this before stop()
}

bool AsioLoop::run_once(Duration limit) {
    impl_->enter();
    return impl_->io.run_one_for(limit) > 0;
}

// The end goes through the queue like a task, behind those that were posted before it.
void AsioLoop::stop() {
    if (impl_->posted.close()) impl_->wake_for_tasks();
}

void AsioLoop::set_fault_handler(std::function<void(const Error&)> handler) {
    impl_->faults.set(std::move(handler));
}

LoopCounts AsioLoop::counts() const noexcept {
    return {.timers = impl_->timers.alive(), .watches = impl_->watches.alive()};
}

TimePoint AsioLoop::now() const noexcept { return impl_->clock.now(); }

bool AsioLoop::on_loop_thread() const noexcept {
    return impl_->thread.load() == std::this_thread::get_id();
}

void AsioLoop::post(Task task) {
    if (impl_->posted.push(std::move(task))) impl_->wake_for_tasks();
}

std::unique_ptr<Timer> AsioLoop::make_timer(Task task) {
    return impl_->timers.make(std::move(task));
}

Result<std::unique_ptr<Watch>> AsioLoop::watch(int fd, Interest interest,
                                               Callback<Readiness> ready) {
    return impl_->watches.add(fd, interest, std::move(ready));
}

}  // namespace gantry::host
