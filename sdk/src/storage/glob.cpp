#include <gantry/storage/glob.h>

#include <algorithm>
#include <optional>

namespace gantry {

namespace {

Error bad_pattern(std::string message) {
    return make_error(ErrorCode::usage, "storage", std::move(message));
}

// The bytes of the first character of `text`, which is not empty.
std::size_t character_size(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const std::size_t wanted = byte(0) < 0xC2 ? 1 : byte(0) < 0xE0 ? 2 : byte(0) < 0xF0 ? 3 : 4;
    if (byte(0) >= 0xF5 || wanted > text.size()) return 1;
    for (std::size_t i = 1; i < wanted; ++i)
        if ((byte(i) & 0xC0U) != 0x80) return 1;
    return wanted;
}

std::string_view take_character(std::string_view& text) {
    const auto size = character_size(text);
    const auto character = text.substr(0, size);
    text.remove_prefix(size);
    return character;
}

std::string_view take_component(std::string_view& path) {
    const auto slash = std::min(path.find('/'), path.size());
    const auto name = path.substr(0, slash);
    path.remove_prefix(std::min(slash + 1, path.size()));
    return name;
}

}  // namespace

// Reads one component of a pattern, up to its '/' or the end.
class Glob::Parser {
  public:
    explicit Parser(std::string_view text) : rest_(text) {}

    Result<Component> component() {
        Component out;
        const auto end = std::min(rest_.find('/'), rest_.size());
        if (rest_.substr(0, end) == "**") {
            out.any_components = true;
            rest_.remove_prefix(2);
        }
        while (!rest_.empty() && rest_.front() != '/') {
            auto next = step();
            if (!next) return std::move(next).error();
            // Two runs in a row are one.
            const bool again = next->kind == Kind::any_run && !out.steps.empty() &&
                               out.steps.back().kind == Kind::any_run;
            if (!again) out.steps.push_back(std::move(*next));
        }
        return out;
    }
    // Whether a '/', and so another component, follows.
    bool slash() {
        if (rest_.empty()) return false;
        rest_.remove_prefix(1);
        return true;
    }

  private:
    Result<Step> step() {
        const auto character = take_character(rest_);
        if (character == "*") return Step{Kind::any_run, {}, {}, false};
        if (character == "?") return Step{Kind::any_one, {}, {}, false};
        if (character == "[") return set();
        if (character != "\\") return Step{Kind::character, std::string(character), {}, false};
        auto escaped = literal();
        if (!escaped) return std::move(escaped).error();
        return Step{Kind::character, std::move(*escaped), {}, false};
    }
    Result<std::string> literal() {
        if (rest_.empty()) return bad_pattern("nothing follows the '\\' of the pattern");
        return std::string(take_character(rest_));
    }
    Result<Step> set() {
        Step out{Kind::set, {}, {}, false};
        if (!rest_.empty() && (rest_.front() == '!' || rest_.front() == '^')) {
            out.inverted = true;
            rest_.remove_prefix(1);
        }
        for (bool first = true; !rest_.empty(); first = false) {
            if (rest_.front() == ']' && !first) {
                rest_.remove_prefix(1);
                return out;
            }
            auto range = this->range();
            if (!range) return std::move(range).error();
            out.ranges.push_back(std::move(*range));
        }
        return bad_pattern("a '[' of the pattern has no ']'");
    }
    Result<std::string> member() {
        const auto character = take_character(rest_);
        return character == "\\" ? literal() : Result<std::string>(std::string(character));
    }
    Result<Range> range() {
        auto first = member();
        if (!first) return std::move(first).error();
        const bool open = rest_.size() >= 2 && rest_[0] == '-' && rest_[1] != ']';
        if (!open) return Range{*first, *first};
        rest_.remove_prefix(1);
        auto last = member();
        if (!last) return std::move(last).error();
        return Range{std::move(*first), std::move(*last)};
    }

    std::string_view rest_;
};

Result<Glob> Glob::parse(std::string_view pattern) {
    if (pattern.empty()) return bad_pattern("the pattern is empty");
    if (pattern.size() > kMaxSize) return bad_pattern("the pattern is longer than 512 bytes");
    Glob out;
    Parser parser(pattern);
    do {
        auto component = parser.component();
        if (!component) return std::move(component).error();
        out.components_.push_back(std::move(*component));
    } while (parser.slash());
    return out;
}

bool Glob::fits(const Step& step, std::string_view character) {
    if (step.kind == Kind::any_one) return true;
    if (step.kind == Kind::character) return step.character == character;
    const bool inside = std::any_of(step.ranges.begin(), step.ranges.end(), [&](const Range& r) {
        return r.first <= character && character <= r.last;
    });
    return inside != step.inverted;
}

// Only the last run that was passed is ever widened: what fitted before it fits however long the
// earlier ones are. So no more than size x size steps are taken.
bool Glob::fits(const Component& component, std::string_view name) {
    const auto& steps = component.steps;
    std::size_t at = 0;
    std::optional<std::size_t> run;   // the step behind the last run
    std::string_view widened = name;  // what is left when that run ends here
    while (!name.empty()) {
        if (at < steps.size() && steps[at].kind == Kind::any_run) {
            run = ++at;
            widened = name;
            continue;
        }
        auto rest = name;
        if (at < steps.size() && fits(steps[at], take_character(rest))) {
            ++at;
            name = rest;
            continue;
        }
        if (!run) return false;
        (void)take_character(widened);
        name = widened;
        at = *run;
    }
    while (at < steps.size() && steps[at].kind == Kind::any_run) ++at;
    return at == steps.size();
}

// The same, a level higher: "**" is the run, components are the characters.
bool Glob::matches(std::string_view path) const {
    std::size_t at = 0;
    std::optional<std::size_t> run;
    std::string_view widened = path;
    while (!path.empty()) {
        if (at < components_.size() && components_[at].any_components) {
            run = ++at;
            widened = path;
            continue;
        }
        auto rest = path;
        if (at < components_.size() && fits(components_[at], take_component(rest))) {
            ++at;
            path = rest;
            continue;
        }
        if (!run) return false;
        (void)take_component(widened);
        path = widened;
        at = *run;
    }
    while (at < components_.size() && components_[at].any_components) ++at;
    return at == components_.size();
}

}  // namespace gantry
