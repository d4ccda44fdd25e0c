#include <cs/net/limits.h>
#include <cs/net/listing_reader.h>
#include <cs/net/watch_answer.h>

namespace gantry::cs {

namespace {

constexpr std::size_t kChangesAtOnce = 256;

EntryChange change_of(ChangeKind kind) {
    switch (kind) {
        case ChangeKind::created:
            return EntryChange::created;
        case ChangeKind::changed:
            return EntryChange::changed;
        case ChangeKind::removed:
            return EntryChange::removed;
        case ChangeKind::overflow:
            break;
    }
    return EntryChange::overflow;
}

ListingEntry entry_of(const FolderChange& change) {
    auto entry = make_entry(change.name, change.status);
    entry.change = change_of(change.kind);
    if (entry.name.empty()) entry.name = ".";
    return entry;
}

}  // namespace

void WatchAnswer::start() { take_slot(&WatchAnswer::open); }

void WatchAnswer::open() {
    run([&store = resources().store,
         request = wanted_.request] { return store.watch(request.path, request.recursive); },
        &WatchAnswer::opened);
}

void WatchAnswer::opened(Result<std::unique_ptr<FolderWatch>> outcome) {
    if (ended_) return;
    if (!outcome) return refuse(std::move(outcome).error());
    watch_ = std::move(*outcome);
    life_ = resources().loop.make_timer([this] { show_life(); });
    sink_.core.begin_listing(wanted_.id);
    told_ = resources().loop.now();
    show_life();
    go_on();
    (void)sink_.changed();
}

// One thing at a time: a step on the pool, or waiting for a change, or for room on the connection.
void WatchAnswer::go_on() {
    if (!watch_ || ended_ || busy_ || waiting_) return;
    if (sink_.core.wants_entries(wanted_.id)) take();
}

void WatchAnswer::take() {
    busy_ = true;
    run([watch = watch_] { return watch->take(kChangesAtOnce); }, &WatchAnswer::took);
}

void WatchAnswer::took(Result<std::vector<FolderChange>> changes) {
    if (ended_) return;
    busy_ = false;
    if (!changes) return refuse(std::move(changes).error());
    if (changes->empty()) return wait();
    add(*changes);
}

void WatchAnswer::wait() {
    waiting_ = true;
    auto armed = watch_->wait(resources().loop, [weak = weak_from_this()] {
        const auto self = weak.lock();
        if (!self) return;
        self->waiting_ = false;
        self->go_on();
    });
    if (!armed) refuse(std::move(armed).error());
}

void WatchAnswer::add(const std::vector<FolderChange>& changes) {
    std::vector<ListingEntry> entries;
    for (const auto& change : changes) entries.push_back(entry_of(change));
    count_ += entries.size();
    told_ = resources().loop.now();
    sink_.core.add_entries(wanted_.id, entries);
    go_on();
    (void)sink_.changed();
}

// A folder in which nothing happens must not look like a server that has gone.
void WatchAnswer::show_life() {
    if (ended_) return;
    if (resources().loop.now() - told_ >= limits::kShowLife) {
        told_ = resources().loop.now();
        sink_.core.add_entries(wanted_.id, {});
        (void)sink_.changed();
    }
    life_->arm(told_ + limits::kShowLife);
}

void WatchAnswer::drain() {
    if (ended_) return;
    if (!watch_) return refuse(make_error(ErrorCode::closed, "cs", "the server is going down"));
    ended_ = true;
    sink_.core.finish_listing(wanted_.id, {count_, 0, {}});
    (void)sink_.changed();
}

}  // namespace gantry::cs
