#pragma once

#include <cs/net/access_control.h>
#include <cs/net/admission.h>
#include <cs/net/copy_budget.h>
#include <cs/net/file_slots.h>
#include <cs/net/hash_cache.h>
#include <cs/net/limits.h>
#include <cs/net/server_seal.h>
#include <gantry/storage/file_store.h>

#include <memory>

namespace gantry::cs {

// What the loops of one server have in common. Thread-safe, as its parts are.
struct ServerShared {
    std::unique_ptr<FileStore> store;
    // Who may do what, each by the identity of its stream's Security; null: all may do what the
    // options say.
    std::shared_ptr<AccessControl> access;
    Admission admission;
    FileSlots slots;
    CopyBudget copies;
    HashCache hashes;
    std::shared_ptr<const ServerSeal> seal;  // null: no encrypted files
};

}  // namespace gantry::cs
