#include <gantry/access/access_rules.h>
#include <gantry/crypto/fingerprint.h>
#include <gantry/storage/file_store.h>

#include <algorithm>
#include <array>

namespace gantry {
namespace {

constexpr std::array<std::string_view, 4> kRightNames{"read", "list", "write", "delete"};
constexpr std::size_t kMaxIdentity = 256;

Error denied(AccessRight right, std::string_view path) {
    return make_error(ErrorCode::denied, "access",
                      "you may not " + std::string(access_right_name(right)) + " here",
                      std::string(path));
}

// The identity in its one form, or nothing.
std::optional<std::string> canonical_who(const std::string& who) {
    if (who == AccessRules::kKnown || who == AccessRules::kAnyone) return who;
    if (who.size() > kMaxIdentity) return std::nullopt;
    for (const std::string_view form : {"psk:", "name:"})
        if (who.starts_with(form) && who.size() > form.size()) return who;
    if (!who.starts_with("sha256:")) return std::nullopt;
    const auto fingerprint = Fingerprint::parse(who);
    return fingerprint ? std::optional(fingerprint->to_string()) : std::nullopt;
}

Error bad_rule(std::size_t index, std::string message) {
    return make_error(ErrorCode::usage, "access", std::move(message),
                      "rule " + std::to_string(index + 1));
}

}  // namespace

std::string_view access_right_name(AccessRight right) noexcept {
    for (std::size_t i = 0; i < kRightNames.size(); ++i)
        if (static_cast<unsigned>(right) == 1U << i) return kRightNames[i];
    return "do this";
}

std::optional<AccessRight> access_right_from_name(std::string_view name) noexcept {
    const auto* found = std::ranges::find(kRightNames, name);
    if (found == kRightNames.end()) return std::nullopt;
    return static_cast<AccessRight>(1U << (found - kRightNames.begin()));
}

Result<AccessRules> AccessRules::make(std::vector<AccessRule> rules) {
    if (rules.size() > kMaxRules)
        return make_error(ErrorCode::limit, "access", "there are more than 10000 rules");
    AccessRules made;
    for (std::size_t i = 0; i < rules.size(); ++i) {
        auto who = canonical_who(rules[i].who);
        if (!who)
            return bad_rule(i, "'" + rules[i].who +
                                   "' is none of psk:NAME, name:NAME, sha256:HEX, known, anyone");
        auto folder = normalize_path(rules[i].folder);
        if (!folder) return bad_rule(i, "the folder leads out of what is served");
        rules[i].who = *who;
        rules[i].folder = *folder;
        if (!made.rules_.emplace(std::pair(*folder, *who), std::move(rules[i])).second)
            return bad_rule(i, "there is a rule before it for '" + *who + "' and this folder");
    }
    return made;
}

const AccessRule* AccessRules::at(const std::string& folder, std::string_view identity) const {
    const auto find = [&](std::string_view who) -> const AccessRule* {
        const auto found = rules_.find({folder, std::string(who)});
        return found == rules_.end() ? nullptr : &found->second;
    };
    // A peer cannot call itself "known": identities of peers have a form of their own.
    if (!identity.empty() && identity.find(':') != std::string_view::npos) {
        if (const auto* own = find(identity)) return own;
        if (const auto* known = find(kKnown)) return known;
    }
    return find(kAnyone);
}

const AccessRule* AccessRules::deciding(std::string_view identity, std::string_view path) const {
    auto folder = normalize_path(path);
    if (!folder) return nullptr;
    for (;;) {
        if (const auto* rule = at(*folder, identity)) return rule;
        if (folder->empty()) return nullptr;
        const auto slash = folder->rfind('/');
        folder->resize(slash == std::string::npos ? 0 : slash);
    }
}

Result<void> AccessRules::check(std::string_view identity, AccessRight right,
                                std::string_view path) const {
    const auto* rule = deciding(identity, path);
    if (rule == nullptr || !rule->may.has(right)) return denied(right, path);
    return {};
}

Result<void> AccessRules::check_beneath(std::string_view identity, AccessRight right,
                                        std::string_view path) const {
    if (auto here = check(identity, right, path); !here) return here;
    const auto folder = normalize_path(path).value();
    const auto inside = folder.empty() ? folder : folder + '/';
    for (auto at = rules_.lower_bound({inside, {}});
         at != rules_.end() && at->first.first.starts_with(inside); ++at)
        if (auto there = check(identity, right, at->first.first); !there) return there;
    return {};
}

Result<void> AccessRules::check_write(std::string_view identity, std::string_view path,
                                      ByteCount stored, ByteCount adding) const {
    const auto* rule = deciding(identity, path);
    if (rule == nullptr || !rule->may.has(AccessRight::write))
        return denied(AccessRight::write, path);
    if (!rule->quota) return {};
    const auto quota = rule->quota->value();
    if (stored.value() <= quota && adding.value() <= quota - stored.value()) return {};
    return make_error(ErrorCode::no_space, "access",
                      "the quota of " + format_size(*rule->quota) + " is used up",
                      std::string(path));
}

std::optional<std::string> AccessRules::quota_folder(std::string_view identity,
                                                     std::string_view path) const {
    const auto* rule = deciding(identity, path);
    if (rule == nullptr || !rule->quota) return std::nullopt;
    return rule->folder;
}

}  // namespace gantry
