#pragma once

#include <cs/net/quota_book.h>
#include <gantry/access/access_service.h>

#include <functional>
#include <memory>

namespace gantry::cs {

// Who may do what with what one server serves: the rules of a file as they are now, and the quotas.
// Thread-safe.
class AccessControl {
  public:
    // Reads the file. Blocks. `told` hears of a file that has got an error, once for each change of
    // it; it outlives this, and may be called on any thread. Errors: those of AccessService.
    using Told = std::function<void(const Error&)>;
    static Result<std::shared_ptr<AccessControl>> open(ServiceRef<AccessService> service,
                                                       const std::string& path, const Clock& clock,
                                                       Told told);
    // Looks whether the file has changed, which is one stat(), and so blocks.
    std::shared_ptr<const AccessRules> rules();
    QuotaBook& quotas() noexcept { return quotas_; }

  private:
    AccessControl(ServiceRef<AccessService> service, std::unique_ptr<AccessFile> file,
                  const Clock& clock, Told told);

    ServiceRef<AccessService> service_;  // the file is its
    std::unique_ptr<AccessFile> file_;
    QuotaBook quotas_;
    Told told_;
};

}  // namespace gantry::cs
