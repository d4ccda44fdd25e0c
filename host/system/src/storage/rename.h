#pragma once

#include "root.h"

#include <gantry/core/result.h>

namespace gantry::host::storage {

// Moves a name in one step. exists: the target is there and may not be, or cannot be, replaced.
Result<void> rename_place(const PlaceName& from, const PlaceName& to, Overwrite overwrite);
// What Overwrite::no does on file systems that cannot rename so: gives a file its new name, which
// fails when that is taken, and then takes the old one away. unsupported for a folder.
Result<void> link_and_unlink(const PlaceName& from, const PlaceName& to);

}  // namespace gantry::host::storage
