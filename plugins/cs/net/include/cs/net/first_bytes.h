#pragma once

#include <gantry/net/passing_stream.h>

#include <array>
#include <cstdint>

namespace gantry::cs {

// What the first bytes of a connection say about its protocol (docs/protocols/cs.md section 8).
enum class Speech : std::uint8_t { unknown, tls, cs1, other };
inline constexpr std::size_t kTellingBytes = 2;
// `unknown` for fewer than two bytes.
Speech tell_speech(ByteView first) noexcept;

// A stream that remembers how what came over it began.
class FirstBytesStream final : public PassingStream {
  public:
    explicit FirstBytesStream(std::shared_ptr<Stream> inner) : PassingStream(std::move(inner)) {}
    Speech speech() const noexcept { return tell_speech(ByteView(first_).first(count_)); }

    Result<ReadOutcome> read(ByteSpan into) override;

  private:
    std::array<std::byte, kTellingBytes> first_{};
    std::size_t count_ = 0;
};

}  // namespace gantry::cs
