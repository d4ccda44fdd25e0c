#include <cs/core/sealed_exchange.h>

#include <algorithm>

namespace gantry::cs {

SealedExchange::SealedExchange(std::shared_ptr<const SealKey> key, FileRequest request,
                               const SealRandom& random)
    : seal_key_(std::move(key)), request_(std::move(request)), random_(random) {}

Result<std::shared_ptr<SealedExchange>> SealedExchange::ask(std::shared_ptr<const SealKey> key,
                                                            FileRequest request,
                                                            const SealRandom& random) {
    std::shared_ptr<SealedExchange> made(
        new SealedExchange(std::move(key), std::move(request), random));
    auto fields = SealedRequest{made->request_, made->seal_key_->id(), random}.encode();
    auto proof = made->seal_key_->request_proof(random, fields);
    if (!proof) return std::move(proof).error();
    made->body_ = with_proof(std::move(fields), *proof);
    return made;
}

Result<FileResponse> SealedExchange::take_response(ByteView body) {
    auto proven = ProvenBody::split(body);
    if (!proven) return std::move(proven).error();
    auto response = SealedResponse::decode(proven->fields);
    if (!response) return std::move(response).error();
    if (auto proved = check_proof(*response, *proven); !proved) return std::move(proved).error();
    const auto size = response->file.size;
    if (request_.offset > size)
        return protocol_error("the server answers with a range that the file does not have");
    const auto rest = size - request_.offset;
    text_ = std::min(rest, request_.count.value_or(rest));
    auto for_chunks = seal_key_->content_key({random_, response->random, body_, proven->fields});
    if (!for_chunks) return std::move(for_chunks).error();
    opener_ = std::make_shared<ChunkOpener>(std::move(*for_chunks), text_, seal_key_);
    return std::move(response->file);
}

Result<void> SealedExchange::check_proof(const SealedResponse& response, const ProvenBody& body) {
    auto made = seal_key_->content_key({random_, response.random, body_, body.fields});
    if (!made) return std::move(made).error();
    content_key_ = std::move(*made);
    auto proof = response_proof(*content_key_);
    if (!proof) return std::move(proof).error();
    if (equal_in_constant_time(*proof, body.proof)) return {};
    return make_error(
        ErrorCode::security, "cs",
        "the answer is not from a server that has the key, or was changed on its way");
}

Result<PieceMessage> SealedExchange::open_piece(ByteView body) {
    auto text = open_text(*content_key_, seal_nonce(SealKind::piece, pieces_), body);
    if (!text) return std::move(text).error();
    ++pieces_;
    return PieceMessage::decode(*text);
}

Result<FileEnd> SealedExchange::open_end(ByteView body) {
    auto text = open_text(*content_key_, seal_nonce(SealKind::end, 0), body);
    if (!text) return std::move(text).error();
    return FileEnd::decode(*text);
}

}  // namespace gantry::cs
