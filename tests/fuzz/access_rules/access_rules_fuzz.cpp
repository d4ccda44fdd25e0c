// A file of access rules. Whatever it says, no path leads out, and nobody gets what no rule gives.
#include <crypto/core/access_toml.h>

#include <cstdlib>

using namespace gantry;

namespace {

void require(bool fine) {
    if (!fine) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto rules = crypto::parse_access_toml(text, "rules");
    if (!rules) {
        require(rules.error().code == ErrorCode::usage || rules.error().code == ErrorCode::limit);
        return 0;
    }
    using enum AccessRight;
    for (const auto* identity : {"", "psk:a", "name:b", "known", "anyone"})
        for (const auto* path : {"", "a", "a/b/c", "../a", "a/../b"})
            for (const auto right : {read, list, write, remove}) {
                const auto* rule = rules->deciding(identity, path);
                const bool allowed = rules->check(identity, right, path).ok();
                require(allowed == (rule != nullptr && rule->may.has(right)));
                require(rule == nullptr || std::string_view(path).find("..") == std::string::npos);
                if (right == write && !allowed)
                    require(!rules->check_write(identity, path, {}, {}).ok());
            }
    return 0;
}
