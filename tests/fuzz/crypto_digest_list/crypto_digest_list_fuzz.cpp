// A list of digests from anyone, cut in two ways. The first byte says where to cut.
#include <crypto/core/digest_line.h>
#include <crypto/core/line_splitter.h>

#include <cstdint>
#include <cstdlib>

using namespace gantry;
using namespace gantry::crypto;

namespace {

void require(bool fine) {
    if (!fine) std::abort();
}

void read_line(const std::string& line) {
    const auto entry = read_digest_line(line);
    if (!entry) return;
    require(!entry->name.empty());
    auto written = digest_line(entry->hex, entry->name);
    written.pop_back();
    const auto again = read_digest_line(written);
    require(again && *again == *entry);
}

std::string split(ByteView bytes, std::size_t step) {
    LineSplitter lines;
    std::string seen;
    const auto take = [&] {
        while (const auto line = lines.next()) {
            require(line->size() <= LineSplitter::kMaxLine + 1);
            read_line(*line);
            seen += *line + "\n";
        }
    };
    while (!bytes.empty()) {
        const auto part = bytes.first(std::min(step, bytes.size()));
        bytes = bytes.subspan(part.size());
        lines.feed(part);
        take();
    }
    lines.finish();
    take();
    return seen;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const auto bytes = std::as_bytes(std::span(data + 1, size - 1));
    require(split(bytes, 1 + data[0]) == split(bytes, size));
    return 0;
}
