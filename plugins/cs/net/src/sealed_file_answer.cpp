#include <cs/net/limits.h>
#include <cs/net/sealed_file_answer.h>

namespace gantry::cs {

SealedFileAnswer::SealedFileAnswer(ServerResources& resources, AnswerSink sink, SealedWanted wanted)
    : resources_(&resources), sink_(std::move(sink)), wanted_(std::move(wanted)) {}

// Closing a file can block.
SealedFileAnswer::~SealedFileAnswer() {
    if (!reader_) return;
    resources_->pool.run(
        [reader = std::move(reader_)]() mutable {
            reader.reset();
            return Result<void>();
        },
        [slot = std::move(slot_)](Result<void>) {});
}

void SealedFileAnswer::start() {
    const auto* seal = resources_->seal;
    auto key = (seal != nullptr ? seal->keys : SealKeyRing()).admit(wanted_.request);
    if (!key) return refuse(std::move(key).error());
    key_ = std::move(*key);
    if (resources_->peer_of) peer_ = resources_->peer_of(key_->identity());
    if (peer_) resources_ = &peer_->resources;
    resources_->slots.acquire(sink_.client, resources_->loop,
                              [weak = weak_from_this()](FileSlot slot) {
                                  const auto self = weak.lock();
                                  if (!self) return;
                                  self->slot_ = std::move(slot);
                                  self->open();
                              });
}

void SealedFileAnswer::open() {
    resources_->pool.run(
        [&resources = *resources_, ask = wanted_.request, key = key_] {
            return SealedReader::open(resources.store, ask, resources.digests, key,
                                      resources.seal->fresh());
        },
        [weak = weak_from_this()](Result<std::unique_ptr<SealedReader>> outcome) {
            if (const auto self = weak.lock()) self->opened(std::move(outcome));
        });
}

void SealedFileAnswer::opened(Result<std::unique_ptr<SealedReader>> outcome) {
    if (!outcome) return refuse(std::move(outcome).error());
    if (!*outcome)
        return refuse(make_error(ErrorCode::usage, "cs", "this is a folder; list it instead"),
                      ErrorDetail::is_folder);
    reader_ = std::move(*outcome);
    sink_.core.begin_sealed(wanted_.id, reader_->response_body(), reader_->size());
    read_more();
    (void)sink_.changed();
}

void SealedFileAnswer::read_more() {
    reading_ = true;
    resources_->pool.run(
        [reader = reader_, spare = std::exchange(spare_, {})]() mutable {
            return reader->next(std::move(spare));
        },
        [weak = weak_from_this()](Result<SealedReader::Step> outcome) {
            if (const auto self = weak.lock()) self->took_step(std::move(outcome));
        });
}

void SealedFileAnswer::took_step(Result<SealedReader::Step> outcome) {
    reading_ = false;
    if (!outcome) return refuse(std::move(outcome).error());
    sealed_ += outcome->chunks.size();
    blocks_.push_back(std::move(outcome->chunks));
    for (const auto& piece : outcome->pieces) sink_.core.tell_sealed_piece(wanted_.id, piece);
    sink_.core.offer_file(wanted_.id, sealed_);
    ended_ = outcome->end.has_value();
    if (ended_) sink_.core.finish_sealed(wanted_.id, std::move(*outcome->end));
    if (hungry()) read_more();
    (void)sink_.changed();
}

bool SealedFileAnswer::hungry() const noexcept {
    return reader_ && !reading_ && !ended_ && sealed_ < sent_ + limits::kSealAhead;
}

void SealedFileAnswer::advance(std::uint64_t sent) {
    sent_ += sent;
    while (!blocks_.empty() && dropped_ + blocks_.front().size() <= sent_) {
        dropped_ += blocks_.front().size();
        spare_ = std::move(blocks_.front());
        blocks_.pop_front();
    }
    if (hungry()) read_more();
}

ByteView SealedFileAnswer::bytes(std::uint64_t offset) const noexcept {
    if (blocks_.empty() || offset < dropped_) return {};
    const ByteView front(blocks_.front());
    return front.subspan(
        static_cast<std::size_t>(std::min<std::uint64_t>(front.size(), offset - dropped_)));
}

std::uint64_t SealedFileAnswer::count() const noexcept {
    const auto rest = sent_ % kSealChunk;
    return sent_ / kSealChunk * kSealText + (rest > kAeadTagSize ? rest - kAeadTagSize : 0);
}

void SealedFileAnswer::refuse(Error error, ErrorDetail detail) {
    ended_ = true;
    error_ = std::move(error);
    sink_.core.refuse(wanted_.id, *error_, detail);
    (void)sink_.changed();
}

}  // namespace gantry::cs
