#pragma once

#include <gantry/command/spec.h>

#include "manifest/fields.h"

namespace gantry::manifest {

// The name of each ValueKind, in its order.
std::span<const std::string_view> kind_names() noexcept;
ValueKind read_kind(Fields& fields);
// One command object, linted.
CommandSpec read_command(Fields& fields);

}  // namespace gantry::manifest
