#include <dlfcn.h>
#include <host/loader/generation.h>
#include <link.h>

#include <fstream>

namespace gantry::host {

namespace {

bool linker_knows(const std::filesystem::path& file) {
    void* const handle = ::dlopen(file.c_str(), RTLD_LAZY | RTLD_NOLOAD);
    if (handle) ::dlclose(handle);  // what RTLD_NOLOAD itself added
    return handle != nullptr;
}

struct Search {
    std::string name;
    bool found = false;
};

bool linker_lists(const std::filesystem::path& file) {
    Search search{file.string()};
    ::dl_iterate_phdr(
        [](dl_phdr_info* info, std::size_t, void* raw) {
            auto& wanted = *static_cast<Search*>(raw);
            wanted.found = info->dlpi_name && wanted.name == info->dlpi_name;
            return wanted.found ? 1 : 0;
        },
        &search);
    return search.found;
}

bool kernel_maps(const std::filesystem::path& file) {
    std::ifstream maps("/proc/self/maps");
    const std::string name = file.string();
    for (std::string line; std::getline(maps, line);)
        if (line.find(name) != std::string::npos) return true;
    return false;
}

}  // namespace

std::optional<std::string> find_mapping(const std::filesystem::path& file) {
    if (linker_knows(file) || linker_lists(file))
        return "the dynamic linker keeps it: a thread_local with a destructor was used on a thread "
               "that lives, or a unique symbol (an inline static without the version script) pins "
               "it";
    if (kernel_maps(file)) return "the kernel still maps a part of it";
    return std::nullopt;
}

}  // namespace gantry::host
