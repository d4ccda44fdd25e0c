#pragma once

#include "descriptor.h"

#include <gantry/storage/file.h>

#include <string>

namespace gantry::host::storage {

// A File on an open descriptor of a regular file.
class FolderFile final : public File {
  public:
    // `path` is for errors only.
    FolderFile(Descriptor descriptor, bool writable, std::string path)
        : descriptor_(std::move(descriptor)), writable_(writable), path_(std::move(path)) {}

    Result<std::size_t> read_at(std::uint64_t offset, std::span<const ByteSpan> into) override;
    Result<void> write_at(std::uint64_t offset, std::span<const ByteView> from) override;
    Result<void> allocate(std::uint64_t size) override;
    Result<void> truncate(std::uint64_t size) override;
    Result<void> sync() override;
    Result<FileIdentity> identity() override;
    Result<void> set_modified(WallTime modified) override;
    std::optional<int> descriptor() const noexcept override { return descriptor_.get(); }

  private:
    Error failed(int errno_value) const;
    Result<void> check_writable(std::uint64_t offset, std::uint64_t count) const;
    Result<void> allocate_roughly(std::uint64_t size);

    Descriptor descriptor_;
    bool writable_;
    std::string path_;
};

}  // namespace gantry::host::storage
