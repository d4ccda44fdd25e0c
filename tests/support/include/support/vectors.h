#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace gantry::testing {

// One case of a file of test vectors (tests/vectors/README.md).
class VectorCase {
  public:
    explicit VectorCase(const std::string& line);
    // The value as it stands. Asking for one that is not there fails the test.
    const std::string& text(std::string_view name) const;
    std::vector<std::byte> bytes(std::string_view name) const;  // of hex digits
    unsigned number(std::string_view name) const;               // of decimal digits
    // For messages: the case's id.
    const std::string& id() const { return text("id"); }

  private:
    std::map<std::string, std::string, std::less<>> fields_;
};

// The cases of a file below tests/vectors/: "rfc/rfc8439_aead.txt". At least one, or it throws.
std::vector<VectorCase> read_vectors(std::string_view file);

}  // namespace gantry::testing
