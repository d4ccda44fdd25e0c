#include <host/shell/signals.h>

#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <algorithm>

namespace gantry::host {
namespace {

constexpr int kSignals[] = {SIGINT, SIGTERM, SIGHUP, SIGWINCH, SIGCONT};
constexpr int kTickMilliseconds = 100;

bool means_stop(int signal) { return signal == SIGINT || signal == SIGTERM || signal == SIGHUP; }

int milliseconds(Duration duration) {
    const auto count = std::chrono::duration_cast<std::chrono::milliseconds>(duration).count();
    return static_cast<int>(std::clamp<std::int64_t>(count, 0, 1'000'000));
}

}  // namespace

SignalSource::SignalSource() {
    sigset_t set;
    ::sigemptyset(&set);
    for (const int signal : kSignals) ::sigaddset(&set, signal);
    ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
    ::signal(SIGPIPE, SIG_IGN);
    fd_ = OwnedFd(::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
}

std::optional<int> SignalSource::next() {
    signalfd_siginfo info{};
    if (::read(fd_.get(), &info, sizeof info) != sizeof info) return std::nullopt;
    const int signal = static_cast<int>(info.ssi_signo);
    if (signal == SIGTERM || signal == SIGHUP) stop_asked_ = true;
    return signal;
}

WaitEnd ForegroundWaiter::wait(const DoneFlag& flag, const std::function<void()>& interrupt,
                               std::optional<Duration> limit) {
    const auto end = wait_for(flag, interrupt, limit);
    hooks_.ended();
    return end;
}

WaitEnd ForegroundWaiter::wait_for(const DoneFlag& flag, const std::function<void()>& interrupt,
                                   std::optional<Duration> limit) {
    int asked = 0;
    int left = limit ? milliseconds(*limit) : 0;
    while (!flag.is_set()) {
        const int step = limit ? std::min(left, kTickMilliseconds) : kTickMilliseconds;
        pollfd ready[2] = {{flag.fd(), POLLIN, 0}, {signals_.fd(), POLLIN, 0}};
        if (::poll(ready, 2, step) == 0) {
            left -= step;
            if (limit && left <= 0) return WaitEnd::limit;
            hooks_.tick();
        }
        while (const auto signal = signals_.next()) {
            if (!means_stop(*signal)) continue;
            if (*signal == SIGINT) hooks_.interrupted();
            if (++asked > 1) return WaitEnd::forced;
            interrupt();
        }
    }
    return WaitEnd::done;
}

WaitEnd PlainWaiter::wait(const DoneFlag& flag, const std::function<void()>&,
                          std::optional<Duration> limit) {
    pollfd ready{flag.fd(), POLLIN, 0};
    while (!flag.is_set()) {
        const int count = ::poll(&ready, 1, limit ? milliseconds(*limit) : -1);
        if (count == 0) return WaitEnd::limit;
    }
    return WaitEnd::done;
}

}  // namespace gantry::host
