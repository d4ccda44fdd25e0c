#include <cs/net/client_network.h>
#include <cs/net/file_slots.h>

#include <deque>
#include <map>
#include <mutex>
#include <optional>

namespace gantry::cs {

struct FileSlots::State : std::enable_shared_from_this<FileSlots::State> {
    State(std::size_t count, std::size_t most) : free(count), per_address(most) {}

    struct Waiter {
        EventLoop* loop;
        Callback<FileSlot> granted;
    };
    struct Address {
        std::size_t held = 0;
        std::deque<Waiter> waiting;
    };
    struct Grant {
        Waiter waiter;
        FileSlot slot;
    };

    bool may_have(const IpAddress& who, const Address& address) const {
        return free > 0 && (address.held < per_address || who.is_loopback());
    }
    // With the lock held, and one free.
    FileSlot take(const IpAddress& who) {
        --free;
        ++addresses[who].held;
        return FileSlot(std::shared_ptr<void>(
            this, [self = shared_from_this(), who](void*) { self->give_back(who); }));
    }
    void give_back(const IpAddress& who);
    std::optional<Grant> next_grant();

    mutable std::mutex mutex;
    std::size_t free;
    const std::size_t per_address;
    std::map<IpAddress, Address> addresses;  // that hold one or wait for one
    std::deque<IpAddress> turns;             // those that wait
};

void FileSlots::State::give_back(const IpAddress& who) {
    std::unique_lock lock(mutex);
    ++free;
    auto& address = addresses[who];
    if (--address.held == 0 && address.waiting.empty()) addresses.erase(who);
    auto grant = next_grant();
    lock.unlock();
    if (!grant) return;
    auto& loop = *grant->waiter.loop;
    loop.post([granted = std::move(grant->waiter.granted),
               slot = std::move(grant->slot)]() mutable { (void)granted(std::move(slot)); });
}

// The first address in turn that may have one; those before it have all that they may.
std::optional<FileSlots::State::Grant> FileSlots::State::next_grant() {
    for (auto turn = turns.begin(); turn != turns.end(); ++turn) {
        const auto who = *turn;
        auto& address = addresses[who];
        if (!may_have(who, address)) continue;
        Grant grant{std::move(address.waiting.front()), take(who)};
        address.waiting.pop_front();
        turns.erase(turn);
        if (!address.waiting.empty()) turns.push_back(who);
        return grant;
    }
    return std::nullopt;
}

FileSlots::FileSlots(std::size_t count, std::size_t per_address)
    : state_(std::make_shared<State>(count, per_address)) {}

// Rights that are out keep the state, which must not keep what waits.
FileSlots::~FileSlots() {
    std::map<IpAddress, State::Address> gone;  // ends after the lock
    const std::lock_guard lock(state_->mutex);
    state_->turns.clear();
    for (auto& [who, address] : state_->addresses) gone[who].waiting.swap(address.waiting);
}

void FileSlots::acquire(const IpAddress& from, EventLoop& loop, Callback<FileSlot> granted) {
    const auto who = client_network(from);
    std::unique_lock lock(state_->mutex);
    auto& address = state_->addresses[who];
    if (state_->may_have(who, address)) {
        auto slot = state_->take(who);
        lock.unlock();
        return (void)granted(std::move(slot));
    }
    if (address.waiting.empty()) state_->turns.push_back(who);
    address.waiting.push_back({&loop, std::move(granted)});
}

std::size_t FileSlots::free() const {
    const std::lock_guard lock(state_->mutex);
    return state_->free;
}

}  // namespace gantry::cs
