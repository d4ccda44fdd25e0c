#pragma once

#include <cs/wire/listing_messages.h>
#include <gantry/core/value.h>

#include <string>
#include <vector>

namespace gantry::cs {

// Lines "TYPE SIZE MODIFIED NAME", as people read them, and the same as a result.
std::string format_listing(const std::vector<ListingEntry>& entries);
// The type, size and time of an entry, without its name.
Value entry_value(const ListingEntry& entry);
Value listing_value(const std::vector<ListingEntry>& entries);
// The same of the classic wire, which tells neither sizes nor times.
std::string format_names(const std::vector<ListingEntry>& entries);
Value names_value(const std::vector<ListingEntry>& entries);
// "2024-01-01T00:00:00Z"
std::string format_time(std::int64_t nanoseconds_since_1970);

}  // namespace gantry::cs
