#include <support/vectors.h>

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace gantry::testing {

VectorCase::VectorCase(const std::string& line) {
    std::istringstream words(line);
    for (std::string word; words >> word;) {
        const auto equals = word.find('=');
        if (equals == std::string::npos) throw std::runtime_error("no name=value: " + word);
        fields_[word.substr(0, equals)] = word.substr(equals + 1);
    }
}

const std::string& VectorCase::text(std::string_view name) const {
    const auto found = fields_.find(name);
    if (found == fields_.end()) throw std::runtime_error("no field " + std::string(name));
    return found->second;
}

std::vector<std::byte> VectorCase::bytes(std::string_view name) const {
    const auto& digits = text(name);
    std::vector<std::byte> out;
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
        out.push_back(static_cast<std::byte>(std::stoul(digits.substr(i, 2), nullptr, 16)));
    return out;
}

unsigned VectorCase::number(std::string_view name) const {
    return static_cast<unsigned>(std::stoul(text(name)));
}

std::vector<VectorCase> read_vectors(std::string_view file) {
    std::ifstream in(std::string(GANTRY_SOURCE_DIR "/tests/vectors/").append(file));
    std::vector<VectorCase> cases;
    for (std::string line; std::getline(in, line);)
        if (!line.empty() && line.front() != '#') cases.emplace_back(line);
    if (cases.empty()) throw std::runtime_error("no vectors in " + std::string(file));
    return cases;
}

}  // namespace gantry::testing
