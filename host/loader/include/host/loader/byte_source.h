#pragma once

#include <gantry/core/result.h>
#include <gantry/core/units.h>

#include <filesystem>
#include <memory>

namespace gantry::host {

// Bytes at offsets, of a file or of memory. One thread at a time.
class ByteSource {
  public:
    virtual ~ByteSource() = default;
    virtual std::uint64_t size() const noexcept = 0;
    // Fills `into` whole. ErrorCode::range when that is beyond the end.
    virtual Result<void> read(std::uint64_t offset, ByteSpan into) = 0;
};

// Bytes that are the caller's and outlive it.
class MemorySource final : public ByteSource {
  public:
    explicit MemorySource(ByteView bytes) noexcept : bytes_(bytes) {}
    std::uint64_t size() const noexcept override { return bytes_.size(); }
    Result<void> read(std::uint64_t offset, ByteSpan into) override;

  private:
    ByteView bytes_;
};

// A plain file. Its size is what it was when it was opened.
Result<std::unique_ptr<ByteSource>> open_byte_source(const std::filesystem::path& file);

}  // namespace gantry::host
