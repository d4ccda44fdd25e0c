#include "footprint.h"

#include <gantry/plugin/abi.h>
#include <malloc.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string_view>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define GANTRY_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define GANTRY_SANITIZED 1
#endif
#endif
#if defined(GANTRY_SANITIZED)
// Every sanitizer's library has it; g++'s brings no header for it.
extern "C" std::size_t __sanitizer_get_current_allocated_bytes();
#endif

namespace gantry::host {

namespace {

std::size_t entries(const char* folder) {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        (void)entry;
        ++count;
    }
    return count;
}

std::size_t plugin_mappings() {
    std::ifstream maps("/proc/self/maps");
    std::size_t count = 0;
    for (std::string line; std::getline(maps, line);)
        count += line.find("gantry-plugins-") != std::string::npos;
    return count;
}

std::size_t resident() {
    std::ifstream statm("/proc/self/statm");
    std::size_t total = 0;
    std::size_t pages = 0;
    statm >> total >> pages;
    return pages * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

// The sanitizers have allocators of their own, which count for themselves.
std::size_t heap() {
#if defined(GANTRY_SANITIZED)
    return __sanitizer_get_current_allocated_bytes();
#else
    const auto info = ::mallinfo2();
    return info.uordblks + info.hblkhd;
#endif
}

}  // namespace

Footprint measure_footprint() {
    return {plugin_mappings(), entries("/proc/self/task"), entries("/proc/self/fd"), heap(),
            resident()};
}

std::string to_string(const Footprint& f) {
    return std::to_string(f.mappings) + " mappings, " + std::to_string(f.threads) + " threads, " +
           std::to_string(f.descriptors) + " descriptors, heap " + std::to_string(f.heap / 1024) +
           " KiB, resident " + std::to_string(f.resident / 1024) + " KiB";
}

}  // namespace gantry::host
