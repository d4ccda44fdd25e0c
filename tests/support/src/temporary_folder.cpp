#include <support/temporary_folder.h>

#include <stdlib.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <sstream>
#include <system_error>

namespace gantry::testing {
namespace fs = std::filesystem;

TemporaryFolder::TemporaryFolder() {
    std::string pattern = (fs::temp_directory_path() / "gantry-test-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr)
        throw std::system_error(errno, std::generic_category(), pattern);
    path_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

fs::path TemporaryFolder::write(std::string_view name, std::string_view text) const {
    const fs::path whole = path_ / name;
    fs::create_directories(whole.parent_path());
    std::ofstream file(whole, std::ios::binary);
    file.write(text.data(), static_cast<std::streamsize>(text.size()));
    if (!file.flush()) throw std::system_error(EIO, std::generic_category(), whole.string());
    return whole;
}

std::string TemporaryFolder::read(std::string_view name) const {
    std::ifstream file(path_ / name, std::ios::binary);
    if (!file) throw std::system_error(ENOENT, std::generic_category(), std::string(name));
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::vector<std::string> TemporaryFolder::names() const {
    std::vector<std::string> result;
    for (const auto& entry : fs::recursive_directory_iterator(path_))
        result.push_back(entry.path().lexically_relative(path_).string());
    std::sort(result.begin(), result.end());
    return result;
}

}  // namespace gantry::testing
