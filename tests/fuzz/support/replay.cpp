#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

constexpr std::size_t kCuts = 512;  // how many lengths a file is also cut to

std::vector<std::uint8_t> bytes_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    const std::vector<char> read{std::istreambuf_iterator<char>(in), {}};
    return {read.begin(), read.end()};
}

// The file as it is, and cut short at every length up to kCuts. Each run has its bytes in a block
// of just that size, so that the address sanitizer sees a read behind the end.
void replay(const std::vector<std::uint8_t>& whole) {
    LLVMFuzzerTestOneInput(whole.data(), whole.size());
    for (std::size_t size = 0; size < std::min(whole.size(), kCuts); ++size) {
        std::vector<std::uint8_t> cut;
        cut.reserve(size);
        cut.assign(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
        LLVMFuzzerTestOneInput(cut.data(), cut.size());
    }
}

}  // namespace

// Runs a fuzz target over the files of the folders that are given. It crashes where the target
// finds a fault, and fails when there is no file.
int main(int argc, char** argv) {
    std::size_t files = 0;
    for (int i = 1; i < argc; ++i)
        for (const auto& entry : std::filesystem::directory_iterator(argv[i])) {
            if (!entry.is_regular_file()) continue;
            replay(bytes_of(entry.path()));
            ++files;
        }
    std::printf("%zu files replayed\n", files);
    return files > 0 ? 0 : 1;
}
