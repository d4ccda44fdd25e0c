#include <cs/wire/classic_catalogue.h>
#include <cs/wire/limits.h>

namespace gantry::cs {

namespace {

constexpr std::string_view kHere = "./";

std::string path_of(std::string_view line) {
    return std::string(line.starts_with(kHere) ? line.substr(kHere.size()) : line);
}

}  // namespace

std::string classic_line(std::string_view path) {
    return std::string(kHere) + std::string(path) + "\n";
}

Result<std::vector<std::string>> ClassicCatalogueDecoder::receive(ByteView bytes) {
    taken_ += bytes.size();
    if (taken_ > limits::kMaxCatalogue)
        return make_error(ErrorCode::limit, "cs", "the catalogue is longer than 64 MiB");
    std::vector<std::string> paths;
    for (auto text = as_text(bytes); !text.empty();) {
        const auto end = text.find('\n');
        line_ += text.substr(0, end);
        if (line_.size() > limits::kMaxPath + kHere.size())
            return make_error(ErrorCode::limit, "cs", "a path in the catalogue is too long");
        if (end == text.npos) break;
        text.remove_prefix(end + 1);
        auto path = path_of(std::exchange(line_, {}));
        if (!path.empty()) paths.push_back(std::move(path));
    }
    return paths;
}

std::string ClassicCatalogueDecoder::finish() { return path_of(std::exchange(line_, {})); }

}  // namespace gantry::cs
