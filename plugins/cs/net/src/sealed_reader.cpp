#include <cs/net/limits.h>
#include <cs/net/sealed_reader.h>

#include <algorithm>

namespace gantry::cs {

Result<std::unique_ptr<SealedReader>> SealedReader::open(FileStore& store, const SealedAsk& ask,
                                                         const MakeDigest& digests,
                                                         std::shared_ptr<const SealKey> key,
                                                         const SealRandom& random) {
    auto reader = FileReader::open_unread(store, ask.request.file, digests);
    if (!reader) return std::move(reader).error();
    if (!*reader) return std::unique_ptr<SealedReader>();
    auto answer = SealedAnswer::begin(std::move(key), ask, (*reader)->response(), random,
                                      (*reader)->span().count);
    if (!answer) return std::move(answer).error();
    return std::unique_ptr<SealedReader>(new SealedReader(std::move(*reader), std::move(*answer)));
}

Result<SealedReader::Step> SealedReader::next(Bytes spare) {
    auto chunks = read_chunks(std::move(spare));
    if (!chunks) return std::move(chunks).error();
    Step step{std::move(*chunks), {}, {}};
    if (auto sealed = answer_->chunks().seal(step.chunks); !sealed)
        return std::move(sealed).error();
    for (const auto& piece : reader_->take_pieces()) {
        auto sealed = answer_->seal_piece(piece);
        if (!sealed) return std::move(sealed).error();
        step.pieces.push_back(std::move(*sealed));
    }
    if (!reader_->complete()) return step;
    auto end = answer_->seal_end(reader_->end());
    if (!end) return std::move(end).error();
    step.end = std::move(*end);
    return step;
}

// Each text in its place, with room for a tag behind it. An empty range has one empty text.
Result<Bytes> SealedReader::read_chunks(Bytes room) {
    const auto left = reader_->span().count - reader_->ready();
    const auto texts = std::min<std::uint64_t>(left, limits::kSealStep);
    room.resize(static_cast<std::size_t>(sealed_size(texts)));
    for (ByteSpan rest(room); !rest.empty();) {
        const auto chunk = rest.first(std::min(rest.size(), kSealChunk));
        auto read = reader_->read_into(chunk.first(chunk.size() - kAeadTagSize));
        if (!read) return std::move(read).error();
        rest = rest.subspan(chunk.size());
    }
    return room;
}

}  // namespace gantry::cs
