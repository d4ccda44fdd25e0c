#pragma once

#include <gantry/core/error.h>

namespace gantry::cs {

// Whether another channel, or a later try, may have more luck.
bool is_interruption(const Error& error);

// ErrorCode::interrupted, with what interrupted it. `there`: what is kept, for people.
Error interrupted(const Error& error, const std::string& there);

}  // namespace gantry::cs
