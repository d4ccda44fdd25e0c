#pragma once

#include <cs/wire/fields.h>

#include <string>

namespace gantry::cs {

// The request of the watch service (docs/protocols/cs.md, "Watch"); its answer has the bodies of a
// listing. Errors as in file_messages.h.
struct WatchRequest {
    std::string path;
    bool recursive = false;

    Bytes encode() const;
    static Result<WatchRequest> decode(ByteView body);
    bool operator==(const WatchRequest&) const = default;
};

}  // namespace gantry::cs
