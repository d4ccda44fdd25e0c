#pragma once

#include <cs/core/listing_page.h>
#include <cs/wire/listing_messages.h>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace gantry::cs {

struct LocalEntry {
    EntryType type = EntryType::other;
    std::uint64_t size = 0;
    std::int64_t modified = 0;  // nanoseconds since 1970
};

struct PathBefore {
    using is_transparent = void;
    bool operator()(std::string_view a, std::string_view b) const { return path_before(a, b); }
};
// What a local folder holds, by path; a folder right before what is in it.
using LocalTree = std::map<std::string, LocalEntry, PathBefore>;

struct MirrorFile {
    std::string path;
    std::uint64_t size = 0;
    std::int64_t modified = 0;
    bool operator==(const MirrorFile&) const = default;
};

// What makes a local folder like one on a server.
struct MirrorPlan {
    std::vector<std::string> folders;  // to make; a folder comes after those above it
    std::vector<MirrorFile> fetch;     // missing here, or other
    std::vector<MirrorFile> compare;   // of the same size: their content decides
    std::vector<std::string> extra;    // only here; what is in a folder comes before it
    std::vector<std::string> blocked;  // cannot be made: something of another kind has a name
    std::uint64_t unchanged = 0;       // files
    std::uint64_t skipped = 0;         // links and devices there
};

// A file is unchanged when size and time fit; the time to the second where this side keeps no more.
// With `checksum`, all files whose size fits are to be compared.
//
// Links are neither copied nor followed: one that is in the way of a folder blocks what is below.
// Nothing below a name that the server has, but not as a folder, is extra. ErrorCode::denied when a
// name could lead out of the folder: nothing of such a listing is believed.
Result<MirrorPlan> plan_mirror(const std::vector<ListingEntry>& remote, const LocalTree& local,
                               bool checksum);

}  // namespace gantry::cs
