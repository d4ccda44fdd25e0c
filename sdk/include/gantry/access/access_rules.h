#pragma once

#include <gantry/core/result.h>
#include <gantry/core/units.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gantry {

enum class AccessRight : std::uint8_t { read = 1, list = 2, write = 4, remove = 8 };

// Its name in a file of rules: "read", "list", "write", "delete".
std::string_view access_right_name(AccessRight right) noexcept;
std::optional<AccessRight> access_right_from_name(std::string_view name) noexcept;

// A set of rights.
class AccessRights {
  public:
    AccessRights() = default;
    AccessRights(std::initializer_list<AccessRight> rights) {
        for (const auto right : rights) add(right);
    }
    void add(AccessRight right) noexcept { bits_ |= static_cast<unsigned>(right); }
    bool has(AccessRight right) const noexcept {
        return (bits_ & static_cast<unsigned>(right)) != 0;
    }
    bool operator==(const AccessRights&) const = default;

  private:
    unsigned bits_ = 0;
};

struct AccessRule {
    std::string who;     // an identity, "known" or "anyone"
    std::string folder;  // as normalize_path() answers it; empty: all that is served
    AccessRights may;
    std::optional<ByteCount> quota;  // bytes that may lie beneath the folder
    bool operator==(const AccessRule&) const = default;
};

// Who may do what beneath which folder (docs/protocols/crypto.md section 8). One rule decides: of
// those for the identity, for "known" (who has an identity) and for "anyone", the one with the
// deepest folder, in this order when they are equally deep. Without one, nothing is allowed.
// Immutable; any thread.
class AccessRules {
  public:
    static constexpr std::size_t kMaxRules = 10'000;
    static constexpr std::string_view kKnown = "known";
    static constexpr std::string_view kAnyone = "anyone";

    AccessRules() = default;  // nobody may do anything
    // ErrorCode::usage: an identity of no known form, a folder that leads out, two rules for the
    // same `who` and folder; limit. The context is "rule N", from 1.
    static Result<AccessRules> make(std::vector<AccessRule> rules);

    // Whether it may be done: denied, also for a path that leads out. The identity is the peer's;
    // empty: it has none.
    Result<void> check(std::string_view identity, AccessRight right, std::string_view path) const;
    // The same for the path and whatever could lie beneath it: a rule there can say less.
    Result<void> check_beneath(std::string_view identity, AccessRight right,
                               std::string_view path) const;
    // As check(), for `adding` bytes at `path` while `stored` bytes lie beneath quota_folder():
    // no_space beyond the quota.
    Result<void> check_write(std::string_view identity, std::string_view path, ByteCount stored,
                             ByteCount adding) const;
    // Whose bytes count for a write at `path`; empty when there is no quota.
    std::optional<std::string> quota_folder(std::string_view identity, std::string_view path) const;
    // The rule that decides, or null.
    const AccessRule* deciding(std::string_view identity, std::string_view path) const;
    std::size_t size() const noexcept { return rules_.size(); }

  private:
    const AccessRule* at(const std::string& folder, std::string_view identity) const;

    std::map<std::pair<std::string, std::string>, AccessRule> rules_;  // by folder and who
};

}  // namespace gantry
