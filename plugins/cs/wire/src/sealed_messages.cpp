#include <cs/wire/sealed_messages.h>
#include <gantry/bytes/reader.h>
#include <gantry/bytes/writer.h>

#include <algorithm>
#include <vector>

namespace gantry::cs {

namespace {

constexpr std::size_t kProofHead = 4;  // tag and length
constexpr std::size_t kProofField = kProofHead + limits::kSealProof;

template <std::size_t size>
Bytes bytes_of(const std::array<std::byte, size>& value) {
    return Bytes(value.begin(), value.end());
}

// Fields has seen to the size.
template <std::size_t size>
std::array<std::byte, size> array_of(const Bytes& value) {
    std::array<std::byte, size> out{};
    std::copy_n(value.begin(), std::min(size, value.size()), out.begin());
    return out;
}

template <class Message>
Result<Fields> decode_with(ByteView fields, std::initializer_list<FieldTag> more) {
    std::vector<FieldTag> known(Message::kTags.begin(), Message::kTags.end());
    known.insert(known.end(), more);
    return Fields::decode(fields, known);
}

}  // namespace

Result<ProvenBody> ProvenBody::split(ByteView body) {
    const Error lacking = protocol_error("a message of an encrypted file does not end in a proof");
    if (body.size() < kProofField) return lacking;
    ByteReader reader(body.last(kProofField));
    if (reader.u16().value() != static_cast<std::uint16_t>(FieldTag::proof) ||
        reader.u16().value() != limits::kSealProof)
        return lacking;
    ProvenBody out{body.first(body.size() - kProofField), {}};
    std::ranges::copy(body.last(limits::kSealProof), out.proof.begin());
    return out;
}

Bytes with_proof(Bytes fields, const SealProof& proof) {
    std::array<std::byte, kProofHead> head{};
    ByteWriter(head)
        .u16(static_cast<std::uint16_t>(FieldTag::proof))
        .u16(static_cast<std::uint16_t>(limits::kSealProof));
    fields.insert(fields.end(), head.begin(), head.end());
    fields.insert(fields.end(), proof.begin(), proof.end());
    return fields;
}

Bytes SealedRequest::encode() const {
    auto f = file.to_fields();
    f.key_id = bytes_of(key);
    f.random = bytes_of(random);
    return f.encode();
}

Result<SealedRequest> SealedRequest::decode(ByteView fields) {
    auto f = decode_with<FileRequest>(fields, {FieldTag::key_id, FieldTag::random});
    if (!f) return std::move(f).error();
    if (!f->key_id || !f->random)
        return protocol_error("a request for an encrypted file lacks its key id or random");
    SealedRequest out;
    out.key = array_of<limits::kSealKeyId>(*f->key_id);
    out.random = array_of<limits::kSealRandom>(*f->random);
    auto file = FileRequest::from_fields(std::move(*f));
    if (!file) return std::move(file).error();
    out.file = std::move(*file);
    return out;
}

Bytes SealedResponse::encode() const {
    auto f = file.to_fields();
    f.random = bytes_of(random);
    return f.encode();
}

Result<SealedResponse> SealedResponse::decode(ByteView fields) {
    auto f = decode_with<FileResponse>(fields, {FieldTag::random});
    if (!f) return std::move(f).error();
    if (!f->random) return protocol_error("the response of an encrypted file has no random");
    SealedResponse out;
    out.random = array_of<limits::kSealRandom>(*f->random);
    auto file = FileResponse::from_fields(std::move(*f));
    if (!file) return std::move(file).error();
    out.file = std::move(*file);
    return out;
}

ByteView SealedAsk::fields() const noexcept {
    return ByteView(body).first(body.size() - std::min(body.size(), kProofField));
}

Result<SealedAsk> SealedAsk::decode(ByteView body) {
    auto proven = ProvenBody::split(body);
    if (!proven) return std::move(proven).error();
    auto request = SealedRequest::decode(proven->fields);
    if (!request) return std::move(request).error();
    return SealedAsk{std::move(*request), proven->proof, Bytes(body.begin(), body.end())};
}

}  // namespace gantry::cs
