// Transport parameters from a peer.
#include <lftp/wire/transport_parameters.h>

#include <cstdint>
#include <cstdlib>

using namespace gantry;
using namespace gantry::lftp;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto read = TransportParameters::decode(std::as_bytes(std::span(data, size)));
    if (!read) return 0;
    const auto block = read->encode();
    const auto again = TransportParameters::decode(ByteView(block).subspan(2));
    if (!again || !(*again == *read)) std::abort();
    return 0;
}
