#include <gantry/testing/failing_store.h>

#include "failing_parts.h"

namespace gantry::testing {

FailingStore::FailingStore(std::unique_ptr<FileStore> inner)
    : inner_(std::move(inner)), plan_(std::make_shared<FailurePlan>()) {}

FailingStore::~FailingStore() = default;

Result<std::unique_ptr<File>> FailingStore::open(std::string_view path, OpenMode mode) {
    if (auto allowed = plan_->enter(StoreOperation::open); !allowed)
        return std::move(allowed).error();
    auto file = inner_->open(path, mode);
    if (!file) return file;
    return std::make_unique<FailingFile>(*std::move(file), plan_);
}

Result<FileStatus> FailingStore::status(std::string_view path) {
    if (auto allowed = plan_->enter(StoreOperation::status); !allowed)
        return std::move(allowed).error();
    return inner_->status(path);
}

Result<std::unique_ptr<Listing>> FailingStore::list(std::string_view path, bool recursive) {
    if (auto allowed = plan_->enter(StoreOperation::list); !allowed)
        return std::move(allowed).error();
    auto listing = inner_->list(path, recursive);
    if (!listing) return listing;
    return std::make_unique<FailingListing>(*std::move(listing), plan_);
}

Result<std::unique_ptr<Replacement>> FailingStore::replace(std::string_view path) {
    if (auto allowed = plan_->enter(StoreOperation::replace); !allowed)
        return std::move(allowed).error();
    auto replacement = inner_->replace(path);
    if (!replacement) return replacement;
    return std::make_unique<FailingReplacement>(*std::move(replacement), plan_);
}

Result<void> FailingStore::make_folders(std::string_view path) {
    if (auto allowed = plan_->enter(StoreOperation::make_folders); !allowed) return allowed;
    return inner_->make_folders(path);
}

Result<void> FailingStore::remove(std::string_view path) {
    if (auto allowed = plan_->enter(StoreOperation::remove); !allowed) return allowed;
    return inner_->remove(path);
}

Result<void> FailingStore::rename(std::string_view from, std::string_view to, Overwrite overwrite) {
    if (auto allowed = plan_->enter(StoreOperation::rename); !allowed) return allowed;
    return inner_->rename(from, to, overwrite);
}

Result<ByteCount> FailingStore::free_space() {
    if (auto allowed = plan_->enter(StoreOperation::free_space); !allowed)
        return std::move(allowed).error();
    return inner_->free_space();
}

Result<void> FailingStore::sync() {
    if (auto allowed = plan_->enter(StoreOperation::sync_store); !allowed) return allowed;
    return inner_->sync();
}

Result<std::unique_ptr<FolderWatch>> FailingStore::watch(std::string_view path, bool recursive) {
    if (auto allowed = plan_->enter(StoreOperation::watch); !allowed)
        return std::move(allowed).error();
    auto watch = inner_->watch(path, recursive);
    if (!watch) return watch;
    return std::make_unique<FailingFolderWatch>(*std::move(watch), plan_);
}

}  // namespace gantry::testing
