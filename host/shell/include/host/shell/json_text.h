#pragma once

#include <gantry/core/error.h>
#include <gantry/core/units.h>
#include <gantry/core/value.h>

#include <string>

namespace gantry::host {

// One line of JSON (RFC 8259) without a newline. What is not UTF-8 becomes U+FFFD.
std::string to_json(const Value& value);

// {"ok":true, ...result, "seconds":S}. A result that is no object stands under "result".
Value success_object(const Value& result, Duration elapsed);
// {"ok":false,"error":{"code":N,"name":"not_found","message":"..."}, ...fields}: code is the exit
// status.
Value failure_object(const Error& error, const Value& fields);

}  // namespace gantry::host
