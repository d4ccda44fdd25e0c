#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace gantry::testing {

// A new folder beneath the system's own for temporary files, removed with all it holds at the end.
class TemporaryFolder {
  public:
    TemporaryFolder();  // throws std::system_error
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder();

    const std::filesystem::path& path() const noexcept { return path_; }
    std::filesystem::path operator/(std::string_view name) const { return path_ / name; }
    // Makes the folders above it too. Answers the whole path.
    std::filesystem::path write(std::string_view name, std::string_view text) const;
    std::string read(std::string_view name) const;  // throws when it cannot be read
    // All that lies beneath it, as sorted paths from here; hidden names too.
    std::vector<std::string> names() const;

  private:
    std::filesystem::path path_;
};

}  // namespace gantry::testing
