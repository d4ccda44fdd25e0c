#pragma once

#include <cs/wire/listing_messages.h>

#include <string>
#include <variant>

namespace gantry::cs {

// The bodies of the services that do one thing to one name (docs/protocols/cs.md, "Status, make
// folder, rename, delete"). Errors as in file_messages.h.

struct StatusRequest {
    static constexpr ServiceId kService = ServiceId::status;
    std::string path;

    Bytes encode() const;
    static Result<StatusRequest> decode(ByteView body);
    bool operator==(const StatusRequest&) const = default;
};

struct StatusResponse {
    EntryType type = EntryType::other;
    std::uint64_t size = 0;
    std::optional<std::int64_t> modified;  // nanoseconds since 1970

    Bytes encode() const;
    static Result<StatusResponse> decode(ByteView body);
    bool operator==(const StatusResponse&) const = default;
};

struct MakeFolderRequest {
    static constexpr ServiceId kService = ServiceId::make_folder;
    std::string path;

    Bytes encode() const;
    static Result<MakeFolderRequest> decode(ByteView body);
    bool operator==(const MakeFolderRequest&) const = default;
};

struct RenameRequest {
    static constexpr ServiceId kService = ServiceId::rename;
    std::string path;
    std::string to;
    bool replace = false;  // what has the name already

    Bytes encode() const;
    static Result<RenameRequest> decode(ByteView body);
    bool operator==(const RenameRequest&) const = default;
};

struct DeleteRequest {
    static constexpr ServiceId kService = ServiceId::remove;
    std::string path;

    Bytes encode() const;
    static Result<DeleteRequest> decode(ByteView body);
    bool operator==(const DeleteRequest&) const = default;
};

using ActionRequest = std::variant<StatusRequest, MakeFolderRequest, RenameRequest, DeleteRequest>;

}  // namespace gantry::cs
