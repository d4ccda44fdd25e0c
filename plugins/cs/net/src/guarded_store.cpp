#include <cs/net/guarded_store.h>

#include <array>

#include "guarded_parts.h"

namespace gantry::cs {

Result<void> GuardedStore::check(AccessRight right, std::string_view path) {
    return control_->rules()->check(identity_, right, path);
}

Result<std::unique_ptr<File>> GuardedStore::open(std::string_view path, OpenMode mode) {
    // What is open may grow past any quota, so it can only be read.
    if (mode != OpenMode::read)
        return make_error(ErrorCode::unsupported, "access", "files are replaced, not changed");
    if (auto may = check(AccessRight::read, path); !may) return std::move(may).error();
    return store_.open(path, mode);
}

Result<FileStatus> GuardedStore::status(std::string_view path) {
    const auto rules = control_->rules();
    auto may = rules->check(identity_, AccessRight::list, path);
    for (const auto right : {AccessRight::read, AccessRight::write, AccessRight::remove})
        if (!may && rules->check(identity_, right, path)) may = {};
    if (!may) return std::move(may).error();
    return store_.status(path);
}

Result<std::unique_ptr<Listing>> GuardedStore::list(std::string_view path, bool recursive) {
    auto rules = control_->rules();
    if (auto may = rules->check(identity_, AccessRight::list, path); !may)
        return std::move(may).error();
    auto listing = store_.list(path, recursive);
    if (!listing || !recursive) return listing;
    return std::unique_ptr<Listing>(std::make_unique<GuardedListing>(
        std::move(*listing), ListRight(std::move(rules), identity_, normalize_path(path).value())));
}

Result<std::unique_ptr<Replacement>> GuardedStore::replace(std::string_view path) {
    if (auto may = check(AccessRight::write, path); !may) return std::move(may).error();
    auto made = store_.replace(path);
    if (!made) return made;
    auto make_room = [&store = store_, control = control_, identity = identity_,
                      path = std::string(path)](std::uint64_t size) -> Result<QuotaBook::Promise> {
        const auto rules = control->rules();
        if (auto may = rules->check(identity, AccessRight::write, path); !may)
            return std::move(may).error();
        if (size == 0) return QuotaBook::Promise();
        return control->quotas().promise(store, *rules, identity, path, size);
    };
    return std::unique_ptr<Replacement>(
        std::make_unique<GuardedReplacement>(std::move(*made), std::move(make_room)));
}

Result<void> GuardedStore::make_folders(std::string_view path) {
    if (auto may = check(AccessRight::write, path); !may) return may;
    return store_.make_folders(path);
}

Result<void> GuardedStore::remove(std::string_view path) {
    if (auto may = check(AccessRight::remove, path); !may) return may;
    auto done = store_.remove(path);
    if (done) control_->quotas().forget(path);
    return done;
}

// Room at the new place, when it has a quota that the old one does not count for.
Result<QuotaBook::Promise> GuardedStore::check_rename(const std::string& from,
                                                      const std::string& to) {
    const auto rules = control_->rules();
    if (auto may = rules->check_beneath(identity_, AccessRight::remove, from); !may)
        return std::move(may).error();
    if (auto may = rules->check_beneath(identity_, AccessRight::write, to); !may)
        return std::move(may).error();
    // Else a file could be read by way of a folder where reading is allowed.
    if (rules->check(identity_, AccessRight::read, to))
        if (auto may = rules->check_beneath(identity_, AccessRight::read, from); !may)
            return std::move(may).error();
    const auto quota = rules->quota_folder(identity_, to);
    if (!quota || quota == rules->quota_folder(identity_, from)) return QuotaBook::Promise();
    auto moved = bytes_beneath(store_, from);
    if (!moved) return std::move(moved).error();
    return control_->quotas().promise(store_, *rules, identity_, to, *moved);
}

Result<void> GuardedStore::rename(std::string_view from, std::string_view to, Overwrite overwrite) {
    auto room = check_rename(std::string(from), std::string(to));
    if (!room) return std::move(room).error();
    auto done = store_.rename(from, to, overwrite);
    if (!done) return done;
    room->keep();
    control_->quotas().forget(from);
    return {};
}

Result<std::unique_ptr<FolderWatch>> GuardedStore::watch(std::string_view path, bool recursive) {
    auto rules = control_->rules();
    if (auto may = rules->check(identity_, AccessRight::list, path); !may)
        return std::move(may).error();
    auto watch = store_.watch(path, recursive);
    if (!watch || !recursive) return watch;
    return std::unique_ptr<FolderWatch>(std::make_unique<GuardedWatch>(
        std::move(*watch), ListRight(std::move(rules), identity_, normalize_path(path).value())));
}

}  // namespace gantry::cs
