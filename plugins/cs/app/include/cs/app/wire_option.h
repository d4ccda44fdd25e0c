#pragma once

#include <cs/net/wire.h>
#include <gantry/command/arguments.h>
#include <gantry/command/output.h>

namespace gantry::cs {

// What --wire says.
Wire wire_of(const Arguments& arguments);
// Tells the person when the wire is one that nobody should trust.
void warn_of_wire(Wire wire, Output& messages);

}  // namespace gantry::cs
