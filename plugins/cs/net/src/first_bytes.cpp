#include <cs/net/first_bytes.h>
#include <cs/wire/frame_header.h>

#include <algorithm>

namespace gantry::cs {

namespace {

// A record of the handshake or an alert, of any version (RFC 8446 section 5.1).
constexpr std::byte kTlsHandshake{22}, kTlsAlert{21}, kTlsMajor{3};

}  // namespace

Speech tell_speech(ByteView first) noexcept {
    if (first.size() < kTellingBytes) return Speech::unknown;
    if (first[1] == std::byte{FrameHeader::kMagic}) return Speech::cs1;
    const bool record = first[0] == kTlsHandshake || first[0] == kTlsAlert;
    return record && first[1] == kTlsMajor ? Speech::tls : Speech::other;
}

Result<ReadOutcome> FirstBytesStream::read(ByteSpan into) {
    auto got = inner().read(into);
    if (!got || count_ == kTellingBytes) return got;
    const auto taken = std::min(got->bytes, kTellingBytes - count_);
    std::copy_n(into.begin(), taken, first_.begin() + static_cast<std::ptrdiff_t>(count_));
    count_ += taken;
    return got;
}

}  // namespace gantry::cs
