#include <cs/core/sealed_answer.h>

#include <algorithm>

namespace gantry::cs {

Result<std::shared_ptr<const SealKey>> SealKeyRing::admit(const SealedAsk& ask) const {
    const auto found =
        std::ranges::find_if(keys_, [&](const auto& key) { return key->id() == ask.request.key; });
    if (found == keys_.end())
        return make_error(ErrorCode::security, "cs",
                          keys_.empty()
                              ? "this server has no key for encrypted files: it needs --key-file"
                              : "this server does not have the key that the file was asked with");
    auto proof = (*found)->request_proof(ask.request.random, ask.fields());
    if (!proof) return std::move(proof).error();
    if (equal_in_constant_time(*proof, ask.proof)) return *found;
    return make_error(ErrorCode::security, "cs",
                      "the request was changed on its way, or is not from one who has the key");
}

Result<std::unique_ptr<SealedAnswer>> SealedAnswer::begin(std::shared_ptr<const SealKey> key,
                                                          const SealedAsk& ask,
                                                          FileResponse response,
                                                          const SealRandom& random,
                                                          std::uint64_t text) {
    std::unique_ptr<SealedAnswer> made(new SealedAnswer());
    made->seal_key_ = std::move(key);
    auto fields = SealedResponse{std::move(response), random}.encode();
    auto content = made->seal_key_->content_key({ask.request.random, random, ask.body, fields});
    if (!content) return std::move(content).error();
    made->content_key_ = std::move(*content);
    auto proof = response_proof(*made->content_key_);
    if (!proof) return std::move(proof).error();
    made->response_ = with_proof(std::move(fields), *proof);
    made->chunks_ = std::make_unique<ChunkSealer>(*made->content_key_, text);
    return made;
}

Result<Bytes> SealedAnswer::seal_piece(const PieceMessage& piece) {
    return seal_text(*content_key_, seal_nonce(SealKind::piece, pieces_++), piece.encode());
}

Result<Bytes> SealedAnswer::seal_end(const FileEnd& end) {
    return seal_text(*content_key_, seal_nonce(SealKind::end, 0), end.encode());
}

}  // namespace gantry::cs
