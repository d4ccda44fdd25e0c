#include <cs/net/limits.h>
#include <cs/net/sealed_file_answer.h>

namespace gantry::cs {

// Closing a file can block.
SealedFileAnswer::~SealedFileAnswer() {
    if (!reader_) return;
    drop_blocking(std::move(reader_));
}

void SealedFileAnswer::start() {
    const auto* seal = resources().seal;
    auto key = (seal != nullptr ? seal->keys : SealKeyRing()).admit(wanted_.request);
    if (!key) return refuse(std::move(key).error());
    key_ = std::move(*key);
    if (resources().peer_of) peer_ = resources().peer_of(key_->identity());
    if (peer_) use(peer_->resources);
    take_slot(&SealedFileAnswer::open);
}

void SealedFileAnswer::open() {
    run(
        [&resources = resources(), ask = wanted_.request, key = key_] {
            return SealedReader::open(resources.store, ask, resources.digests, key,
                                      resources.seal->fresh());
        },
        &SealedFileAnswer::opened);
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
    run([reader = reader_,
         spare = blocks_.take_spare()]() mutable { return reader->next(std::move(spare)); },
        &SealedFileAnswer::took_step);
}

void SealedFileAnswer::took_step(Result<SealedReader::Step> outcome) {
    reading_ = false;
    if (!outcome) return refuse(std::move(outcome).error());
    blocks_.push(std::move(outcome->chunks));
    for (const auto& piece : outcome->pieces) sink_.core.tell_sealed_piece(wanted_.id, piece);
    sink_.core.offer_file(wanted_.id, blocks_.end());
    ended_ = outcome->end.has_value();
    if (ended_) sink_.core.finish_sealed(wanted_.id, std::move(*outcome->end));
    if (hungry()) read_more();
    (void)sink_.changed();
}

bool SealedFileAnswer::hungry() const noexcept {
    return reader_ && !reading_ && !ended_ && blocks_.end() < sent_ + limits::kSealAhead;
}

void SealedFileAnswer::advance(std::uint64_t sent) {
    sent_ += sent;
    blocks_.sent_until(sent_);
    if (hungry()) read_more();
}

std::uint64_t SealedFileAnswer::count() const noexcept {
    const auto rest = sent_ % kSealChunk;
    return sent_ / kSealChunk * kSealText + (rest > kAeadTagSize ? rest - kAeadTagSize : 0);
}

}  // namespace gantry::cs
