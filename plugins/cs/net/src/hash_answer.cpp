#include <cs/net/hash_answer.h>

namespace gantry::cs {

namespace {

constexpr Duration kTellEvery = std::chrono::milliseconds(500);

}  // namespace

HashAnswer::HashAnswer(ServerResources& resources, AnswerSink sink, HashWanted wanted)
    : resources_(resources), sink_(std::move(sink)), wanted_(std::move(wanted)) {}

void HashAnswer::start() {
    resources_.slots.acquire(sink_.client, resources_.loop,
                             [weak = weak_from_this()](FileSlot slot) {
                                 const auto self = weak.lock();
                                 if (!self) return;
                                 self->slot_ = std::move(slot);
                                 self->open();
                             });
}

void HashAnswer::open() {
    resources_.pool.run(
        [&resources = resources_, request = wanted_.request] {
            return FileHasher::open(resources.store, request, resources.digests);
        },
        [weak = weak_from_this()](Result<std::unique_ptr<FileHasher>> outcome) {
            if (const auto self = weak.lock()) self->opened(std::move(outcome));
        });
}

void HashAnswer::opened(Result<std::unique_ptr<FileHasher>> outcome) {
    if (!outcome) return refuse(std::move(outcome).error());
    hasher_ = std::move(*outcome);
    told_ = resources_.loop.now();
    sink_.core.begin_hash(wanted_.id, hasher_->response());
    if (auto known = resources_.hashes.find(hasher_->identity(), wanted_.request.check))
        return finish(std::move(*known));
    (void)sink_.changed();
    step();
}

void HashAnswer::step() {
    resources_.pool.run([hasher = hasher_] { return hasher->step(); },
                        [weak = weak_from_this()](Result<void> outcome) {
                            if (const auto self = weak.lock()) self->stepped(std::move(outcome));
                        });
}

void HashAnswer::stepped(Result<void> outcome) {
    if (!outcome) return refuse(std::move(outcome).error());
    hashed_ = hasher_->hashed();
    if (hasher_->complete()) {
        resources_.hashes.put(hasher_->identity(), wanted_.request.check, hasher_->value());
        return finish(hasher_->value());
    }
    step();
    if (resources_.loop.now() - told_ < kTellEvery) return;
    told_ = resources_.loop.now();
    sink_.core.tell_hashed(wanted_.id, hashed_);
    (void)sink_.changed();
}

void HashAnswer::finish(Bytes value) {
    ended_ = true;
    sink_.core.finish_hash(wanted_.id,
                           {hasher_->identity().size, {wanted_.request.check, std::move(value)}});
    (void)sink_.changed();
}

void HashAnswer::refuse(Error error) {
    ended_ = true;
    error_ = std::move(error);
    sink_.core.refuse(wanted_.id, *error_);
    (void)sink_.changed();
}

}  // namespace gantry::cs
