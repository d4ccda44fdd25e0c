// An encrypted file from anyone, read with one key: as a whole, and as a stream in parts. The first
// byte says where to cut.
#include <crypto/core/file_keys.h>
#include <crypto/net/openssl_aead.h>
#include <crypto/net/openssl_kdf.h>
#include <crypto/net/run_source.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>

using namespace gantry;
using namespace gantry::crypto;

namespace {

using Bytes = std::vector<std::byte>;

void require(bool fine) {
    if (!fine) std::abort();
}

struct World {
    CoreDumpShield shield;
    OpensslAead aead{shield};
    OpensslKdf kdf{shield};
    Bytes master = Bytes(32, std::byte{1});  // that of the corpus
};

// The text, or nothing. What opens must be what sealing its text gives.
std::optional<Bytes> open_whole(World& world, const FileHeader& header, ByteView chunks) {
    const auto key = payload_key(world.kdf, world.master, header);
    const auto aead = world.aead.create(header.cipher, key->view());
    ChunkStream stream(**aead);
    Bytes run(chunks.begin(), chunks.end());
    if (!text_size_of(run.size()) || !stream.unseal(0, run, true)) return std::nullopt;
    Bytes text;
    for_each_text(ByteView(run), [&](ByteView t) { text.insert(text.end(), t.begin(), t.end()); });
    require(chunked_size(text.size()) == chunks.size());
    require(stream.seal(0, run, true).ok() && std::ranges::equal(run, chunks));
    return text;
}

// The same by runs, as a command reads a pipe.
std::optional<Bytes> open_stream(World& world, const FileHeader& header, ByteView chunks,
                                 std::size_t step) {
    const auto key = payload_key(world.kdf, world.master, header);
    const auto aead = world.aead.create(header.cipher, key->view());
    ChunkStream stream(**aead);
    StreamSource source(
        [&](ByteSpan into) {
            const auto part = chunks.first(std::min({into.size(), chunks.size(), step}));
            std::ranges::copy(part, into.begin());
            chunks = chunks.subspan(part.size());
            return Result<std::size_t>(part.size());
        },
        Form::sealed);
    Bytes text, room(kRunSize);
    for (;;) {
        const auto run = source.next(room);
        if (!run) return std::nullopt;
        if (!*run) return text;
        const auto bytes = ByteSpan(room).first((*run)->size);
        if (!stream.unseal((*run)->number * kRunChunks, bytes, (*run)->ends)) return std::nullopt;
        for_each_text(ByteView(bytes),
                      [&](ByteView t) { text.insert(text.end(), t.begin(), t.end()); });
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    static World world;
    const auto bytes = std::as_bytes(std::span(data + 1, size - 1));
    const auto header = FileHeader::decode(bytes);
    if (!header) return 0;
    require(std::ranges::equal(header->encode(), bytes.first(FileHeader::kSize)));
    const bool ours = check_header(world.kdf, world.master, *header).ok();
    const auto chunks = bytes.subspan(FileHeader::kSize);
    const auto text = open_whole(world, *header, chunks);
    require(text == open_stream(world, *header, chunks, 1 + data[0] * std::size_t{300}));
    require(ours || !text);  // the key of the chunks hangs on the header
    return 0;
}
