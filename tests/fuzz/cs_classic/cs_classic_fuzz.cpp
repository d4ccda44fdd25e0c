// Bytes from a peer, cut in two ways, through the decoders of the classic wire and both ends of a
// connection. The first byte says where to cut, the second which service the client asked for.
#include <cs/core/classic_client.h>
#include <cs/core/classic_server.h>
#include <cs/wire/classic_catalogue.h>
#include <cs/wire/limits.h>

#include <cstdint>
#include <cstdlib>
#include <string>

using namespace gantry;
using namespace gantry::cs;

namespace {

void require(bool fine) {
    if (!fine) std::abort();
}

struct NoCipher final : BlockTransform {
    Result<void> encrypt(ByteSpan) override { return {}; }
    Result<void> decrypt(ByteSpan) override { return {}; }
};

template <class Use>
void in_parts(ByteView bytes, std::size_t step, Use use) {
    while (!bytes.empty()) {
        const auto part = bytes.first(std::min(step, bytes.size()));
        bytes = bytes.subspan(part.size());
        use(part);
    }
}

// What each end says about the bytes, as a text that must not depend on the cut.

std::string ask(ClassicService service, ByteView bytes, std::size_t step) {
    NoCipher cipher;
    ClassicClient client({service, 1, "a"}, cipher, {}, {});
    std::string seen;
    in_parts(bytes, step, [&](ByteView part) {
        client.receive(part, {});
        while (auto event = client.poll_event()) {
            if (const auto* data = std::get_if<ClassicBytes>(&*event))
                seen += as_text(data->bytes);
            else if (const auto* failed = std::get_if<ClassicFailed>(&*event))
                seen += "|" + describe(failed->error);
            else
                seen += "|end";
        }
    });
    return seen;
}

std::string serve(ByteView bytes, std::size_t step) {
    NoCipher cipher;
    ClassicServer server(cipher, {}, {});
    std::string seen;
    std::byte buffer[64];
    in_parts(bytes, step, [&](ByteView part) {
        server.receive(part, {});
        while (auto event = server.poll_event({})) {
            if (auto* file = std::get_if<FileWanted>(&*event)) {
                require(fits_classic_name(file->request.path));
                seen += file->request.path;
                server.refuse(file->id, make_error(ErrorCode::not_found, "cs", "no"));
            }
            if (auto* listing = std::get_if<ListingWanted>(&*event))
                server.finish_listing(listing->id, {});
        }
        while (true) {
            const auto next = server.poll_transmit(buffer, {});
            if (next.empty()) break;
            seen += as_text(ByteView(buffer).first(next.bytes));
        }
    });
    return seen + (server.over() ? "|over" : "");
}

std::string lines(ByteView bytes, std::size_t step) {
    ClassicCatalogueDecoder decoder;
    std::string seen;
    bool failed = false;
    in_parts(bytes, step, [&](ByteView part) {
        if (failed) return;
        const auto paths = decoder.receive(part);
        failed = !paths;
        if (failed) return;
        for (const auto& path : *paths) {
            require(path.size() <= limits::kMaxPath + 2 && path.find('\n') == path.npos);
            seen += path + "\n";
        }
    });
    return failed ? "failed" : seen + decoder.finish();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    const std::size_t step = 1 + data[0];
    const auto service = static_cast<ClassicService>(data[1] % 3);
    const auto bytes = std::as_bytes(std::span(data + 2, size - 2));
    require(ask(service, bytes, step) == ask(service, bytes, size));
    require(serve(bytes, step) == serve(bytes, size));
    require(lines(bytes, step) == lines(bytes, size));
    return 0;
}
