#pragma once

#include <gantry/core/result.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gantry {

// A pattern for names and paths, as docs/protocols/cs.md, "Listing", has it: `*`, `?`, `[a-z]`,
// `[!a-z]`, `\`, and `**` as a whole component. A character is a UTF-8 sequence, and a byte by
// itself where the bytes are not UTF-8.
//
// Matching takes at most pattern size x path size steps, whatever the pattern: it may come from a
// peer.
class Glob {
  public:
    static constexpr std::size_t kMaxSize = 512;

    // ErrorCode::usage: it is empty or longer than kMaxSize, or a '[' or '\' has no end.
    static Result<Glob> parse(std::string_view pattern);
    // Whether all of `path` fits.
    bool matches(std::string_view path) const;

  private:
    enum class Kind : std::uint8_t { character, any_one, any_run, set };
    struct Range {
        std::string first;
        std::string last;
    };
    struct Step {
        Kind kind = Kind::character;
        std::string character;
        std::vector<Range> ranges;
        bool inverted = false;
    };
    struct Component {
        std::vector<Step> steps;
        bool any_components = false;  // "**"
    };
    class Parser;
    static bool fits(const Step& step, std::string_view character);
    static bool fits(const Component& component, std::string_view name);

    std::vector<Component> components_;
};

}  // namespace gantry
