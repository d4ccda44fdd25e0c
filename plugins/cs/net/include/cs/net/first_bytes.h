#pragma once

#include <gantry/net/stream.h>

#include <array>
#include <cstdint>

namespace gantry::cs {

// What the first bytes of a connection say about its protocol (docs/protocols/cs.md section 8).
enum class Speech : std::uint8_t { unknown, tls, cs1, other };
inline constexpr std::size_t kTellingBytes = 2;
// `unknown` for fewer than two bytes.
Speech tell_speech(ByteView first) noexcept;

// A stream that remembers how what came over it began. It may be shared with one who has a use for
// it when this has gone.
class FirstBytesStream final : public Stream {
  public:
    explicit FirstBytesStream(std::shared_ptr<Stream> inner) : inner_(std::move(inner)) {}
    Speech speech() const noexcept { return tell_speech(ByteView(first_).first(count_)); }

    void set_callbacks(StreamCallbacks callbacks) override {
        inner_->set_callbacks(std::move(callbacks));
    }
    void set_interest(Interest interest) override { inner_->set_interest(interest); }
    Result<ReadOutcome> read(ByteSpan into) override;
    Result<std::size_t> write(std::span<const ByteView> buffers) override {
        return inner_->write(buffers);
    }
    Result<std::size_t> send_file(File& file, std::uint64_t offset, std::size_t count) override {
        return inner_->send_file(file, offset, count);
    }
    Result<void> finish_writing() override { return inner_->finish_writing(); }
    void abort() override { inner_->abort(); }
    Endpoint local() const override { return inner_->local(); }
    Endpoint peer() const override { return inner_->peer(); }
    Security security() const override { return inner_->security(); }

  private:
    std::shared_ptr<Stream> inner_;
    std::array<std::byte, kTellingBytes> first_{};
    std::size_t count_ = 0;
};

}  // namespace gantry::cs
