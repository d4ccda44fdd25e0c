#pragma once

#include <gantry/access/access_rules.h>
#include <gantry/service/service.h>

#include <memory>
#include <string>

namespace gantry {

// A file of rules, and the rules of it that hold. Thread-safe.
class AccessFile {
  public:
    virtual ~AccessFile() = default;
    // The rules that were read last. Whoever has them keeps them.
    virtual std::shared_ptr<const AccessRules> rules() const = 0;
    // Looks whether the file has changed, and then reads it: true when new rules hold. While the
    // file has an error, or is gone, the old ones hold, and each change of it is told once. Costs a
    // stat; blocks.
    virtual Result<bool> refresh() = 0;
};

// The service `gantry.access`, from crypto. Thread-safe.
class AccessService {
  public:
    static constexpr ServiceKey key{"gantry.access", 1};
    virtual ~AccessService() = default;
    // Reads it. Errors: not_found, denied, usage (with "FILE:LINE" as context), limit. Blocks.
    virtual Result<std::unique_ptr<AccessFile>> open(const std::string& path) = 0;
};

}  // namespace gantry
