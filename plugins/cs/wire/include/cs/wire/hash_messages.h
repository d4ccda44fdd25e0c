#pragma once

#include <cs/wire/file_messages.h>

namespace gantry::cs {

// The bodies of the hash service (docs/protocols/cs.md, "Hash"). Its response and its end are those
// of the file service. Errors as in file_messages.h.

struct HashRequest {
    std::string path;
    CheckAlgorithm check = CheckAlgorithm::merkle;
    // What is there of the upload that the client called so, in place of the file.
    std::optional<Bytes> upload = {};

    Bytes encode() const;
    // protocol too when no check is asked for.
    static Result<HashRequest> decode(ByteView body);
    bool operator==(const HashRequest&) const = default;
};

// A data frame: how many bytes have been read.
Bytes encode_hashed(std::uint64_t bytes);
Result<std::uint64_t> decode_hashed(ByteView body);

}  // namespace gantry::cs
