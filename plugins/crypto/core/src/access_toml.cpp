#include <crypto/core/access_toml.h>
#include <toml++/toml.h>

#include <functional>
#include <utility>

namespace gantry::crypto {
namespace {

// The rules of one file, and where each stands.
class Reader {
  public:
    explicit Reader(const std::string& name) : name_(name) {}

    Result<AccessRules> read(const toml::table& file);

  private:
    using Line = std::size_t;
    using EachText = std::function<Result<void>(const std::string&)>;

    static Line line_of(const toml::node& node) { return node.source().begin.line; }
    Error at(Line line, std::string message) const {
        return make_error(ErrorCode::usage, "access", std::move(message),
                          name_ + ":" + std::to_string(line));
    }
    Result<void> add(const toml::table& table);
    Result<void> set(AccessRule& rule, std::vector<std::string>& who, std::string_view key,
                     const toml::node& value);
    Result<void> each_text(std::string_view key, const toml::node& value, const EachText& use);
    Result<void> set_quota(AccessRule& rule, const toml::node& value);

    const std::string& name_;
    std::vector<AccessRule> rules_;
    std::vector<Line> lines_;
};

// One text, or an array of them.
Result<void> Reader::each_text(std::string_view key, const toml::node& value, const EachText& use) {
    if (const auto* text = value.as_string()) return use(text->get());
    const auto* items = value.as_array();
    if (items == nullptr)
        return at(line_of(value), "'" + std::string(key) + "' is a text or an array of texts");
    for (const auto& item : *items) {
        const auto* text = item.as_string();
        if (text == nullptr) return at(line_of(item), "'" + std::string(key) + "' has texts only");
        if (auto used = use(text->get()); !used) return used;
    }
    return {};
}

Result<void> Reader::set_quota(AccessRule& rule, const toml::node& value) {
    if (const auto* number = value.as_integer(); number != nullptr && number->get() >= 0) {
        rule.quota = ByteCount(static_cast<std::uint64_t>(number->get()));
        return {};
    }
    const auto* text = value.as_string();
    auto size = text != nullptr ? parse_size(text->get())
                                : make_error(ErrorCode::usage, "access", "no size");
    if (!size) return at(line_of(value), "'quota' is a size such as \"10GiB\"");
    rule.quota = *size;
    return {};
}

Result<void> Reader::set(AccessRule& rule, std::vector<std::string>& who, std::string_view key,
                         const toml::node& value) {
    if (key == "quota") return set_quota(rule, value);
    if (key == "who")
        return each_text(key, value, [&](const std::string& text) -> Result<void> {
            who.push_back(text);
            return {};
        });
    if (key == "may" && value.is_array())
        return each_text(key, value, [&](const std::string& text) -> Result<void> {
            const auto right = access_right_from_name(text);
            if (!right)
                return at(line_of(value), "'" + text + "' is none of read, list, write, delete");
            rule.may.add(*right);
            return {};
        });
    if (const auto* text = value.as_string(); text != nullptr && key == "folder") {
        rule.folder = text->get();
        return {};
    }
    if (key == "may" || key == "folder")
        return at(line_of(value), key == "may" ? "'may' is an array" : "'folder' is a text");
    return at(line_of(value), "'" + std::string(key) + "' is none of who, folder, may, quota");
}

Result<void> Reader::add(const toml::table& table) {
    AccessRule rule;
    std::vector<std::string> who;
    for (const auto& [key, value] : table)
        if (auto done = set(rule, who, key.str(), value); !done) return done;
    for (const auto* key : {"who", "may"})
        if (!table.contains(key))
            return at(line_of(table), "the rule has no '" + std::string(key) + "'");
    if (who.empty()) return at(line_of(table), "'who' names nobody");
    if (rules_.size() + who.size() > AccessRules::kMaxRules)
        return make_error(ErrorCode::limit, "access", "there are more than 10000 rules", name_);
    for (auto& one : who) {
        rule.who = std::move(one);
        rules_.push_back(rule);
        lines_.push_back(line_of(table));
    }
    return {};
}

Result<AccessRules> Reader::read(const toml::table& file) {
    for (const auto& [key, value] : file) {
        const auto* tables = value.as_array();
        if (key.str() != "rule" || tables == nullptr || !tables->is_array_of_tables())
            return at(line_of(value), "'" + std::string(key.str()) + "' is no [[rule]]");
        for (const auto& table : *tables)
            if (auto added = add(*table.as_table()); !added) return std::move(added).error();
    }
    auto made = AccessRules::make(rules_);
    if (made || made.error().code != ErrorCode::usage) return made;
    const auto number = std::stoul(made.error().context.substr(std::string_view("rule ").size()));
    return at(lines_.at(number - 1), made.error().message);
}

}  // namespace

Result<AccessRules> parse_access_toml(std::string_view text, const std::string& name) {
    if (text.size() > kMaxAccessBytes)
        return make_error(ErrorCode::limit, "access", "a file of rules has at most 1 MiB", name);
    try {
        return Reader(name).read(toml::parse(text, name));
    } catch (const toml::parse_error& e) {
        return make_error(ErrorCode::usage, "access", std::string(e.description()),
                          name + ":" + std::to_string(e.source().begin.line));
    } catch (const std::exception& e) {
        return make_error(ErrorCode::usage, "access", e.what(), name);
    }
}

}  // namespace gantry::crypto
