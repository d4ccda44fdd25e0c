#include <support/seeds.h>

#include <cppunit/Asserter.h>
#include <cppunit/Exception.h>

#include <charconv>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string>

namespace gantry::testing {

namespace {

std::optional<std::uint64_t> number_in(const char* variable) {
    const char* text = std::getenv(variable);
    if (text == nullptr || *text == 0) return std::nullopt;
    std::uint64_t value = 0;
    const char* end = text + std::strlen(text);
    const auto read = std::from_chars(text, end, value);
    if (read.ec != std::errc{} || read.ptr != end || value == 0)
        CppUnit::Asserter::fail(std::string(variable) + " is no number above zero: " + text);
    return value;
}

std::string how_to_replay(std::uint64_t seed) {
    return "seed " + std::to_string(seed) +
           "; run it alone with GANTRY_SEED=" + std::to_string(seed);
}

}  // namespace

void for_each_seed(std::size_t usual, const std::function<void(std::uint64_t)>& simulate) {
    const auto one = number_in("GANTRY_SEED");
    const std::uint64_t first = one.value_or(1);
    const std::uint64_t count = one ? 1 : number_in("GANTRY_SEEDS").value_or(usual);
    for (std::uint64_t seed = first; seed < first + count; ++seed) {
        try {
            simulate(seed);
        } catch (CppUnit::Exception& failure) {
            auto message = failure.message();
            message.addDetail(how_to_replay(seed));
            failure.setMessage(message);
            throw;
        } catch (const std::exception& e) {
            CppUnit::Asserter::fail(std::string(e.what()) + " (" + how_to_replay(seed) + ')');
        }
    }
}

}  // namespace gantry::testing
