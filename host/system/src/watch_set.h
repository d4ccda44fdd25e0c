#pragma once

#include <gantry/net/event_loop.h>

#include <sys/epoll.h>

#include <atomic>
#include <cstdint>
#include <vector>

#include "fault_sink.h"

namespace gantry::host {

class WatchSet;

class SetWatch final : public Watch {
  public:
    SetWatch(WatchSet& set, int fd, Callback<Readiness> ready);
    ~SetWatch() override;
    void set_interest(Interest interest) override;

  private:
    friend class WatchSet;
    bool needs_entry() const { return interest_ != Interest::none || !hangup_told_; }
    Readiness readiness(std::uint32_t events) const;

    WatchSet& set_;
    Callback<Readiness> ready_;
    int fd_;
    std::uint32_t slot_ = 0;
    Interest interest_ = Interest::none;
    bool in_epoll_ = false;
    bool hangup_told_ = false;
};

// The watches of one loop: an epoll set, level-triggered, whose descriptor is readable when any of
// them has something to tell. The system reports a hang-up again and again whatever is asked for,
// so a watch that has told it leaves the epoll set until it wants something else.
class WatchSet {
  public:
    WatchSet();
    ~WatchSet();
    int descriptor() const noexcept { return epoll_; }
    Result<std::unique_ptr<Watch>> add(int fd, Interest interest, Callback<Readiness> ready);
    // Reports what is ready now, without waiting. At most kBatch descriptors, so that timers and
    // tasks get their turn.
    void dispatch(const FaultSink& faults);
    std::size_t alive() const noexcept { return alive_.load(std::memory_order_relaxed); }

    static constexpr int kBatch = 256;

  private:
    friend class SetWatch;
    // An event names a slot and its generation, so one that was fetched before its watch was
    // destroyed finds nobody, even when the slot or the descriptor's number is in use again.
    struct Slot {
        SetWatch* watch = nullptr;
        std::uint32_t generation = 0;
    };
    void take_slot(SetWatch& watch);
    void free_slot(SetWatch& watch);
    SetWatch* find(std::uint64_t key) const;
    int control(int operation, SetWatch& watch) const;
    Result<void> update(SetWatch& watch);
    void report(std::uint64_t key, std::uint32_t events, const FaultSink& faults);

    int epoll_;
    std::vector<Slot> slots_;
    std::vector<std::uint32_t> free_slots_;
    std::vector<epoll_event> events_;
    SetWatch* calling_ = nullptr;
    std::atomic<std::size_t> alive_{0};
};

}  // namespace gantry::host
