#include <cs/net/hash_answer.h>

namespace gantry::cs {

namespace {

constexpr Duration kTellEvery = std::chrono::milliseconds(500);

}  // namespace

void HashAnswer::start() { take_slot(&HashAnswer::open); }

void HashAnswer::open() {
    run(
        [&resources = resources(), request = wanted_.request] {
            return FileHasher::open(resources.store, request, resources.digests);
        },
        &HashAnswer::opened);
}

void HashAnswer::opened(Result<std::unique_ptr<FileHasher>> outcome) {
    if (!outcome) return refuse(std::move(outcome).error());
    hasher_ = std::move(*outcome);
    told_ = resources().loop.now();
    sink_.core.begin_hash(wanted_.id, hasher_->response());
    if (auto known = resources().hashes.find(hasher_->identity(), wanted_.request.check))
        return finish(std::move(*known));
    (void)sink_.changed();
    step();
}

void HashAnswer::step() {
    run([hasher = hasher_] { return hasher->step(); }, &HashAnswer::stepped);
}

void HashAnswer::stepped(Result<void> outcome) {
    if (!outcome) return refuse(std::move(outcome).error());
    hashed_ = hasher_->hashed();
    if (hasher_->complete()) {
        resources().hashes.put(hasher_->identity(), wanted_.request.check, hasher_->value());
        return finish(hasher_->value());
    }
    step();
    if (resources().loop.now() - told_ < kTellEvery) return;
    told_ = resources().loop.now();
    sink_.core.tell_hashed(wanted_.id, hashed_);
    (void)sink_.changed();
}

void HashAnswer::finish(Bytes value) {
    ended_ = true;
    sink_.core.finish_hash(wanted_.id,
                           {hasher_->identity().size, {wanted_.request.check, std::move(value)}});
    (void)sink_.changed();
}

}  // namespace gantry::cs
