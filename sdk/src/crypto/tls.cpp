#include <gantry/crypto/tls.h>

#include <algorithm>

namespace gantry {

std::size_t TlsEngine::feed(ByteView bytes) {
    std::size_t taken = 0;
    while (taken < bytes.size()) {
        const ByteSpan into = room();
        const std::size_t count = std::min(into.size(), bytes.size() - taken);
        if (count == 0) break;
        std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(taken), count, into.begin());
        received(count);
        taken += count;
    }
    return taken;
}

std::size_t TlsEngine::drain(ByteSpan into) {
    std::size_t moved = 0;
    while (moved < into.size()) {
        const ByteView from = outgoing();
        const std::size_t count = std::min(from.size(), into.size() - moved);
        if (count == 0) break;
        std::copy_n(from.begin(), count, into.begin() + static_cast<std::ptrdiff_t>(moved));
        sent(count);
        moved += count;
    }
    return moved;
}

}  // namespace gantry
