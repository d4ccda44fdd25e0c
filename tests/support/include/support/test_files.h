#pragma once

#include <gantry/storage/file.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>

#include "descriptor.h"

namespace gantry::testing {

// A read-only file whose content is in memory, with no descriptor.
class ContentFile : public File {
  public:
    explicit ContentFile(std::string_view content) : content_(content) {}

    Result<std::size_t> read_at(std::uint64_t offset, std::span<const ByteSpan> into) override {
        std::size_t done = 0;
        for (const ByteSpan part : into) {
            const std::size_t at = std::min<std::size_t>(offset + done, content_.size());
            const std::size_t count = std::min(part.size(), content_.size() - at);
            std::memcpy(part.data(), content_.data() + at, count);
            done += count;
        }
        return done;
    }
    Result<void> write_at(std::uint64_t, std::span<const ByteView>) override { return refuse(); }
    Result<void> allocate(std::uint64_t) override { return refuse(); }
    Result<void> truncate(std::uint64_t) override { return refuse(); }
    Result<void> sync() override { return {}; }
    Result<FileIdentity> identity() override { return FileIdentity{.size = content_.size()}; }
    Result<void> set_modified(WallTime) override { return refuse(); }
    std::optional<int> descriptor() const noexcept override { return std::nullopt; }

  private:
    static Error refuse() { return make_error(ErrorCode::denied, "test", "read-only"); }
    std::string content_;
};

// The same with a descriptor, of an unnamed file.
class DescriptorFile final : public ContentFile {
  public:
    explicit DescriptorFile(std::string_view content)
        : ContentFile(content), fd_(::memfd_create("content", MFD_CLOEXEC)) {
        if (::write(fd_.get(), content.data(), content.size()) !=
            static_cast<ssize_t>(content.size()))
            throw std::runtime_error("no room for a file");
    }
    std::optional<int> descriptor() const noexcept override { return fd_.get(); }

  private:
    Descriptor fd_;
};

}  // namespace gantry::testing
