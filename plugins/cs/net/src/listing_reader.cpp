#include <cs/net/limits.h>
#include <cs/net/listing_reader.h>
#include <cs/net/page_reader.h>
#include <cs/wire/limits.h>

namespace gantry::cs {

namespace {

static_assert(limits::kMaxGlob == Glob::kMaxSize);

EntryType entry_type(FileType type) {
    switch (type) {
        case FileType::regular:
            return EntryType::file;
        case FileType::folder:
            return EntryType::folder;
        case FileType::symlink:
            return EntryType::symlink;
        case FileType::other:
            break;
    }
    return EntryType::other;
}

}  // namespace

ListingEntry make_entry(std::string name, const FileStatus& status) {
    ListingEntry entry;
    entry.type = entry_type(status.type);
    entry.size = status.type == FileType::regular ? status.identity.size : 0;
    entry.modified = status.identity.modified.time_since_epoch().count();
    entry.name = std::move(name);
    return entry;
}

Result<std::unique_ptr<EntryReader>> open_listing(FileStore& store, const ListingRequest& request) {
    auto reader = ListingReader::open(store, request);
    if (!reader || (request.count == 0 && request.cursor.empty())) return reader;
    return PageReader::open(std::move(*reader), request);
}

Result<std::unique_ptr<EntryReader>> ListingReader::open(FileStore& store,
                                                         const ListingRequest& request) {
    auto path = normalize_path(request.path);
    if (!path) return std::move(path).error();
    std::unique_ptr<ListingReader> reader(new ListingReader(request));
    if (!request.glob.empty()) {
        auto glob = Glob::parse(request.glob);
        if (!glob) return std::move(glob).error();
        reader->glob_ = std::move(*glob);
    }
    auto status = store.status(*path);
    if (!status) return std::move(status).error();
    const bool may_be_folder =
        status->type == FileType::folder || status->type == FileType::symlink;
    if (may_be_folder) {
        auto listing = store.list(*path, request.recursive);
        if (listing) {
            reader->listing_ = std::move(*listing);
            return std::unique_ptr<EntryReader>(std::move(reader));
        }
        // A link inside the root may name a file; one that leads out is no business of the client.
        const bool leads_out = listing.error().code == ErrorCode::denied;
        if (status->type == FileType::folder || leads_out) return std::move(listing).error();
    }
    if (request.path.ends_with('/'))
        return make_error(ErrorCode::usage, "cs", "this is not a folder");
    reader->single_ = make_entry(path->substr(path->rfind('/') + 1), *status);
    return std::unique_ptr<EntryReader>(std::move(reader));
}

bool ListingReader::wanted(const ListingEntry& entry) const {
    return (!only_ || entry.type == *only_) && (!glob_ || glob_->matches(entry.name));
}

Result<std::vector<ListingEntry>> ListingReader::read_step() {
    std::vector<ListingEntry> entries;
    const auto take = [&](ListingEntry entry) {
        if (wanted(entry)) entries.push_back(std::move(entry));
    };
    if (single_) take(*std::exchange(single_, std::nullopt));
    for (std::size_t names = 0; listing_ && names < limits::kNamesPerStep; ++names) {
        if (entries.size() == limits::kEntriesPerStep) break;
        auto next = listing_->next();
        if (!next)
            ++skipped_;
        else if (!*next)
            listing_.reset();
        else
            take(make_entry(std::move((*next)->name), (*next)->status));
    }
    total_ += entries.size();
    complete_ = listing_ == nullptr;
    return entries;
}

}  // namespace gantry::cs
