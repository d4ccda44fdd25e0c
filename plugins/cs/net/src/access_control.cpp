#include <cs/net/access_control.h>

namespace gantry::cs {

Result<std::shared_ptr<AccessControl>> AccessControl::open(ServiceRef<AccessService> service,
                                                           const std::string& path,
                                                           const Clock& clock, Told told) {
    auto file = service->open(path);
    if (!file) return std::move(file).error();
    return std::shared_ptr<AccessControl>(
        new AccessControl(std::move(service), std::move(*file), clock, std::move(told)));
}

AccessControl::AccessControl(ServiceRef<AccessService> service, std::unique_ptr<AccessFile> file,
                             const Clock& clock, Told told)
    : service_(std::move(service)),
      file_(std::move(file)),
      quotas_(clock),
      told_(std::move(told)) {}

std::shared_ptr<const AccessRules> AccessControl::rules() {
    if (auto changed = file_->refresh(); !changed && told_) told_(changed.error());
    return file_->rules();
}

}  // namespace gantry::cs
