#include "harnesses.h"

#include <sys/stat.h>

#include <filesystem>
#include <stdexcept>

namespace gantry::testing::conformance {
namespace fs = std::filesystem;

template <host::PathResolution kResolution>
FolderHarness<kResolution>::FolderHarness() {
    folder_.write("x", "a neighbour of the root");
    auto opened = host::open_folder_store(folder_ / "root", true, kResolution);
    if (!opened) throw std::runtime_error(describe(opened.error()));
    store_ = *std::move(opened);
}

template <host::PathResolution kResolution>
void FolderHarness<kResolution>::write_file(const std::string& path, std::string_view content) {
    folder_.write("root/" + path, content);
}

template <host::PathResolution kResolution>
std::string FolderHarness<kResolution>::read_file(const std::string& path) {
    return folder_.read("root/" + path);
}

template <host::PathResolution kResolution>
void FolderHarness<kResolution>::plant_link(const std::string& path, const std::string& target) {
    fs::create_symlink(target, folder_ / "root" / path);
}

template <host::PathResolution kResolution>
void FolderHarness<kResolution>::plant_special(const std::string& path) {
    if (::mkfifo((folder_ / "root" / path).c_str(), 0600) != 0)
        throw std::runtime_error("mkfifo " + path);
}

template <host::PathResolution kResolution>
std::vector<std::string> FolderHarness<kResolution>::all_names() {
    std::vector<std::string> names;
    for (const std::string& name : folder_.names())
        if (name.starts_with("root/")) names.push_back(name.substr(5));
    return names;
}

template class FolderHarness<host::PathResolution::best>;
template class FolderHarness<host::PathResolution::walk>;

}  // namespace gantry::testing::conformance
