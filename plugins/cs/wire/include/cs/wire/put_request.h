#pragma once

#include <cs/wire/fields.h>

#include <string>

namespace gantry::cs {

// Asks to store a file (docs/protocols/cs.md, "Put"). Errors of decode() as in file_messages.h.
struct PutRequest {
    std::string path;
    std::uint64_t size = 0;
    CheckAlgorithm check = CheckAlgorithm::none;  // what the end will carry
    bool replace = false;                         // a file of that name
    // What the client calls this upload, so that it can go on with what has come of it: then its
    // bytes start at `offset`, and those before it came to `before`, by the same check.
    std::optional<Bytes> upload = {};
    std::uint64_t offset = 0;
    CheckValue before = {};

    Bytes encode() const;
    static Result<PutRequest> decode(ByteView body);
    bool operator==(const PutRequest&) const = default;
};

}  // namespace gantry::cs
