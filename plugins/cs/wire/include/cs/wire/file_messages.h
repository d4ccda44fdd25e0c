#pragma once

#include <cs/wire/fields.h>

#include <array>
#include <string>

namespace gantry::cs {

// The bodies of the file service (docs/protocols/cs.md, "File"). decode() answers
// ErrorCode::protocol or unsupported, as Fields does, and protocol when a needed field is missing.

struct FileRequest {
    std::string path;
    CheckAlgorithm check = CheckAlgorithm::none;  // what the client would like
    std::uint64_t offset = 0;
    std::optional<std::uint64_t> count;  // none: to the end
    std::optional<Bytes> expect;         // the identity that the file must have
    bool pieces = false;                 // piece frames are wanted

    // For messages that have these fields among others.
    static constexpr std::array kTags{FieldTag::path,  FieldTag::check,  FieldTag::offset,
                                      FieldTag::count, FieldTag::expect, FieldTag::pieces};
    Fields to_fields() const;
    static Result<FileRequest> from_fields(Fields fields);

    Bytes encode() const { return to_fields().encode(); }
    static Result<FileRequest> decode(ByteView body);
    bool operator==(const FileRequest&) const = default;
};

struct FileResponse {
    std::uint64_t size = 0;                       // of the whole file
    std::optional<std::int64_t> modified;         // nanoseconds since 1970
    CheckAlgorithm check = CheckAlgorithm::none;  // what the end will carry
    std::optional<Bytes> identity;                // of this state of the file

    static constexpr std::array kTags{FieldTag::size, FieldTag::modified, FieldTag::check,
                                      FieldTag::identity};
    Fields to_fields() const;
    static Result<FileResponse> from_fields(Fields fields);

    Bytes encode() const { return to_fields().encode(); }
    static Result<FileResponse> decode(ByteView body);
    bool operator==(const FileResponse&) const = default;
};

struct FileEnd {
    std::uint64_t total = 0;  // bytes of the range
    CheckValue check;         // algorithm none: there is none

    Bytes encode() const;
    static Result<FileEnd> decode(ByteView body);
    bool operator==(const FileEnd&) const = default;
};

}  // namespace gantry::cs
