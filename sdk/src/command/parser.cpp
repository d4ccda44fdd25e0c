#include <gantry/command/parser.h>

#include <algorithm>
#include <utility>

namespace gantry {
namespace {

using Words = std::span<const std::string>;

// One pass over the words of one command line.
class Parse {
  public:
    Parse(const CommandSpec& spec, Words words) : spec_(spec), words_(words) {}
    Result<Arguments> run();

  private:
    Result<void> take_next();
    Result<void> take_long(std::string_view word);
    Result<void> take_short(std::string_view word);
    Result<void> take_option(const OptionSpec& option, std::string_view shown,
                             std::optional<std::string_view> joined);
    Result<void> add_value(const OptionSpec& option, std::string_view shown,
                           std::string_view value);
    Result<void> assign_operands();
    Result<void> take_operands(const OperandSpec& operand, Words values);
    void fill_defaults();

    const OptionSpec* find_long(std::string_view name) const;
    const OptionSpec* find_letter(char letter) const;
    Error unknown_option(std::string_view name) const;
    Error refuse(std::string message) const {
        return make_error(ErrorCode::usage, "command", std::move(message), spec_.name);
    }

    const CommandSpec& spec_;
    Words words_;
    std::size_t next_ = 0;
    bool options_ended_ = false;
    // The value that counts, of each option that was given; only a repeatable one has several.
    std::vector<std::pair<const OptionSpec*, std::vector<std::string>>> given_;
    std::vector<std::string> loose_;  // the words that are no options
    Arguments arguments_;
};

Result<Arguments> Parse::run() {
    while (next_ < words_.size())
        if (auto taken = take_next(); !taken) return std::move(taken).error();
    if (auto assigned = assign_operands(); !assigned) return std::move(assigned).error();
    for (auto& [option, values] : given_)
        for (auto& value : values) arguments_.add_option(option->name, std::move(value));
    fill_defaults();
    return std::move(arguments_);
}

Result<void> Parse::take_next() {
    const std::string_view word = words_[next_++];
    if (options_ended_ || word.size() < 2 || word.front() != '-') {
        loose_.emplace_back(word);
        return {};
    }
    if (word == "--") {
        options_ended_ = true;
        return {};
    }
    return word[1] == '-' ? take_long(word.substr(2)) : take_short(word.substr(1));
}

Result<void> Parse::take_long(std::string_view word) {
    const auto equals = word.find('=');
    const auto name = word.substr(0, equals);
    const auto* option = find_long(name);
    if (!option) return unknown_option(name);
    std::optional<std::string_view> joined;
    if (equals != word.npos) joined = word.substr(equals + 1);
    const auto shown = "--" + option->name;
    if (option->flag && joined) return refuse(shown + " takes no value");
    return take_option(*option, shown, joined);
}

// "-qv" is two flags, "-qoFILE" a flag and an option with its value.
Result<void> Parse::take_short(std::string_view word) {
    for (; !word.empty(); word.remove_prefix(1)) {
        const auto shown = std::string("-") + word.front();
        const auto* option = find_letter(word.front());
        if (!option) return refuse("unknown option '" + shown + "'");
        if (option->flag) {
            if (auto taken = take_option(*option, shown, std::nullopt); !taken) return taken;
            continue;
        }
        std::optional<std::string_view> joined;
        if (word.size() > 1) joined = word.substr(1);
        return take_option(*option, shown, joined);
    }
    return {};
}

Result<void> Parse::take_option(const OptionSpec& option, std::string_view shown,
                                std::optional<std::string_view> joined) {
    if (option.flag) return add_value(option, shown, {});
    if (joined) return add_value(option, shown, *joined);
    if (next_ == words_.size()) {
        const auto wanted = option.placeholder.empty() ? "a value" : option.placeholder;
        return refuse(std::string(shown) + " needs " + wanted + " after it");
    }
    return add_value(option, shown, words_[next_++]);
}

Result<void> Parse::add_value(const OptionSpec& option, std::string_view shown,
                              std::string_view value) {
    if (!option.flag)
        if (auto fits = check_value(option.kind, option.choices, shown, value); !fits)
            return refuse(fits.error().message);
    auto found = std::ranges::find(given_, &option, [](const auto& g) { return g.first; });
    if (found == given_.end()) {
        given_.push_back({&option, {}});
        found = given_.end() - 1;
    }
    if (!option.repeatable) found->second.clear();
    found->second.emplace_back(value);
    return {};
}

// Each required operand gets one word; what is spare goes to the optional ones, from the left, and
// all of it to the repeated one when that is reached.
Result<void> Parse::assign_operands() {
    const auto required =
        static_cast<std::size_t>(std::ranges::count(spec_.operands, false, &OperandSpec::optional));
    std::size_t spare = loose_.size() > required ? loose_.size() - required : 0;
    Words rest(loose_);
    for (const auto& operand : spec_.operands) {
        std::size_t count = operand.optional ? 0 : 1;
        const auto more = operand.repeated ? spare : std::min<std::size_t>(spare, 1 - count);
        count += more;
        spare -= more;
        if (count > rest.size()) return refuse(operand.name + " is missing");
        if (auto taken = take_operands(operand, rest.first(count)); !taken) return taken;
        rest = rest.subspan(count);
    }
    if (!rest.empty()) return refuse("unexpected word '" + rest.front() + "'");
    return {};
}

Result<void> Parse::take_operands(const OperandSpec& operand, Words values) {
    for (const auto& value : values) {
        if (auto fits = check_value(operand.kind, operand.choices, operand.name, value); !fits)
            return refuse(fits.error().message);
        arguments_.add_operand(operand.name, value);
    }
    return {};
}

void Parse::fill_defaults() {
    for (const auto& option : spec_.options)
        if (!option.fallback.empty() && arguments_.texts(option.name).empty())
            arguments_.add_option(option.name, option.fallback);
}

const OptionSpec* Parse::find_long(std::string_view name) const {
    const auto found = std::ranges::find(spec_.options, name, &OptionSpec::name);
    return found == spec_.options.end() ? nullptr : &*found;
}

const OptionSpec* Parse::find_letter(char letter) const {
    const auto found = std::ranges::find(spec_.options, letter, &OptionSpec::letter);
    return found == spec_.options.end() || letter == 0 ? nullptr : &*found;
}

Error Parse::unknown_option(std::string_view name) const {
    std::vector<std::string> names;
    for (const auto& option : spec_.options) names.push_back(option.name);
    auto message = "unknown option '--" + std::string(name) + "'";
    if (const auto near = nearest(name, names); !near.empty())
        message += "; did you mean '--" + near + "'?";
    return refuse(std::move(message));
}

}  // namespace

Result<Arguments> parse_arguments(const CommandSpec& spec, std::span<const std::string> words) {
    return Parse(spec, words).run();
}

}  // namespace gantry
