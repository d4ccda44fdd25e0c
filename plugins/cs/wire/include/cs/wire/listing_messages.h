#pragma once

#include <cs/wire/fields.h>

#include <string>
#include <vector>

namespace gantry::cs {

// The bodies of the listing service (docs/protocols/cs.md, "Listing"). Errors as in
// file_messages.h.

// Any other value on the wire reads as `other`.
enum class EntryType : std::uint8_t { file = 1, folder = 2, symlink = 3, other = 4 };
EntryType entry_type(std::uint8_t raw) noexcept;

// What happened to an entry, in the answer to a watch. Any other value on the wire reads as
// `overflow`: who does not know what happened looks anew.
enum class EntryChange : std::uint8_t {
    none = 0,
    created = 1,
    changed = 2,
    removed = 3,
    overflow = 4,
};

struct ListingRequest {
    std::string path;
    bool recursive = false;
    std::string glob = {};               // empty: all names
    std::optional<EntryType> only = {};  // entries of this type alone
    std::uint64_t count = 0;             // 0: as many as there are, unless there is a cursor
    std::string cursor = {};             // empty: from the start

    Bytes encode() const;
    static Result<ListingRequest> decode(ByteView body);
    bool operator==(const ListingRequest&) const = default;
};

struct ListingEnd {
    std::uint64_t total = 0;    // entries
    std::uint64_t skipped = 0;  // folders that could not be read
    std::string cursor = {};    // empty: that was all

    Bytes encode() const;
    static Result<ListingEnd> decode(ByteView body);
    bool operator==(const ListingEnd&) const = default;
};

struct ListingEntry {
    EntryType type = EntryType::other;
    std::uint64_t size = 0;
    std::int64_t modified = 0;  // nanoseconds since 1970
    std::string name;           // 1 to limits::kMaxPath bytes; as the peer sent it: not checked
    EntryChange change = EntryChange::none;

    // Appends the entry to a data frame's body.
    void append_to(Bytes& body) const;
    bool operator==(const ListingEntry&) const = default;
};

// The most that one entry takes of a body.
inline constexpr std::size_t kMaxEntrySize = 21 + 4095 + 5;

// All entries of a data frame's body.
Result<std::vector<ListingEntry>> decode_entries(ByteView body);

}  // namespace gantry::cs
