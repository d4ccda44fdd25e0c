#include "watch_set.h"

#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace gantry::host {

namespace {

constexpr std::uint32_t kHangup = EPOLLHUP | EPOLLERR;

std::uint32_t wanted_events(Interest interest) {
    return (wants_read(interest) ? std::uint32_t{EPOLLIN} : 0U) |
           (wants_write(interest) ? std::uint32_t{EPOLLOUT} : 0U);
}

Error watch_error(int errno_value) {
    if (errno_value == EPERM)
        return make_error(ErrorCode::unsupported, "loop", "this kind of file cannot be watched");
    if (errno_value == EEXIST)
        return make_error(ErrorCode::exists, "loop", "the descriptor is watched already");
    return error_from_errno(errno_value, "loop");
}

}  // namespace

SetWatch::SetWatch(WatchSet& set, int fd, Callback<Readiness> ready)
    : set_(set), ready_(std::move(ready)), fd_(fd) {
    set_.take_slot(*this);
}

SetWatch::~SetWatch() {
    if (in_epoll_) set_.control(EPOLL_CTL_DEL, *this);
    set_.free_slot(*this);
}

// It cannot fail in any way that a caller could mend: the descriptor is in the set already, or was
// before. Should the kernel have no memory, the watch stays as it was.
void SetWatch::set_interest(Interest interest) {
    if (interest == interest_) return;
    interest_ = interest;
    (void)set_.update(*this);
}

// A descriptor in error is ready for whatever is wanted: the call will not block.
Readiness SetWatch::readiness(std::uint32_t events) const {
    Readiness now;
    now.readable = wants_read(interest_) && (events & (EPOLLIN | kHangup)) != 0;
    now.writable = wants_write(interest_) && (events & (EPOLLOUT | kHangup)) != 0;
    now.hangup = !hangup_told_ && (events & kHangup) != 0;
    return now;
}

WatchSet::WatchSet() : epoll_(::epoll_create1(EPOLL_CLOEXEC)), events_(kBatch) {
    if (epoll_ < 0) throw std::system_error(errno, std::generic_category(), "epoll_create1");
}

WatchSet::~WatchSet() { ::close(epoll_); }

void WatchSet::take_slot(SetWatch& watch) {
    if (free_slots_.empty()) {
        free_slots_.push_back(static_cast<std::uint32_t>(slots_.size()));
        slots_.emplace_back();
    }
    watch.slot_ = free_slots_.back();
    free_slots_.pop_back();
    slots_[watch.slot_].watch = &watch;
    alive_.fetch_add(1, std::memory_order_relaxed);
}

void WatchSet::free_slot(SetWatch& watch) {
    Slot& slot = slots_[watch.slot_];
    slot.watch = nullptr;
    ++slot.generation;
    free_slots_.push_back(watch.slot_);
    if (calling_ == &watch) calling_ = nullptr;
    alive_.fetch_sub(1, std::memory_order_relaxed);
}

SetWatch* WatchSet::find(std::uint64_t key) const {
    const Slot& slot = slots_[static_cast<std::uint32_t>(key)];
    return slot.generation == static_cast<std::uint32_t>(key >> 32) ? slot.watch : nullptr;
}

int WatchSet::control(int operation, SetWatch& watch) const {
    epoll_event event{};
    event.events = wanted_events(watch.interest_);
    event.data.u64 = std::uint64_t{slots_[watch.slot_].generation} << 32 | watch.slot_;
    return ::epoll_ctl(epoll_, operation, watch.fd_, &event) == 0 ? 0 : errno;
}

Result<void> WatchSet::update(SetWatch& watch) {
    const bool wanted = watch.needs_entry();
    if (!wanted && !watch.in_epoll_) return {};
    const int operation = !wanted ? EPOLL_CTL_DEL : watch.in_epoll_ ? EPOLL_CTL_MOD : EPOLL_CTL_ADD;
    if (const int error = control(operation, watch); error != 0) return watch_error(error);
    watch.in_epoll_ = wanted;
    return {};
}

Result<std::unique_ptr<Watch>> WatchSet::add(int fd, Interest interest, Callback<Readiness> ready) {
    auto watch = std::make_unique<SetWatch>(*this, fd, std::move(ready));
    watch->interest_ = interest;
    if (auto added = update(*watch); !added) return std::move(added).error();
    return watch;
}

void WatchSet::dispatch(const FaultSink& faults) {
    const int count = ::epoll_wait(epoll_, events_.data(), kBatch, 0);
    for (int i = 0; i < count; ++i) {
        const epoll_event& event = events_[static_cast<std::size_t>(i)];
        report(event.data.u64, event.events, faults);
    }
}

// The callback is moved out for the call, as it may destroy the watch that holds it.
void WatchSet::report(std::uint64_t key, std::uint32_t events, const FaultSink& faults) {
    SetWatch* watch = find(key);
    if (!watch) return;
    const Readiness now = watch->readiness(events);
    if (now == Readiness{}) return;
    if (now.hangup) {
        watch->hangup_told_ = true;
        if (!watch->needs_entry()) (void)update(*watch);
    }
    Callback<Readiness> ready = std::move(watch->ready_);
    calling_ = watch;
    faults.check(ready(now));
    if (calling_ == watch) watch->ready_ = std::move(ready);
    calling_ = nullptr;
}

}  // namespace gantry::host
