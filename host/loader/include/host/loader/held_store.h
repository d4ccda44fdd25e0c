#pragma once

#include <gantry/storage/file_store.h>
#include <host/loader/ledger.h>

#include <memory>

namespace gantry::host {

// A store whose files, listings and unfinished replacements are in a plugin's ledger. Taken back,
// they are closed and answer ErrorCode::closed; what was not committed is removed.
std::unique_ptr<FileStore> hold_store(std::shared_ptr<Ledger> ledger,
                                      std::unique_ptr<FileStore> store);

}  // namespace gantry::host
