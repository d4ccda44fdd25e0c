#pragma once

#include <gantry/access/access_service.h>

namespace gantry::crypto {

// The service `gantry.access`: rules in TOML files.
class AccessFiles : public AccessService {
  public:
    Result<std::unique_ptr<AccessFile>> open(const std::string& path) override;
};

}  // namespace gantry::crypto
