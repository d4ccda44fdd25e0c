#include <cs/net/catalogue_reader.h>
#include <cs/net/limits.h>
#include <cs/net/listing_answer.h>

namespace gantry::cs {

namespace {

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

Result<std::unique_ptr<EntryReader>> ListingReader::open(FileStore& store,
                                                         const ListingRequest& request) {
    auto path = normalize_path(request.path);
    if (!path) return std::move(path).error();
    auto status = store.status(*path);
    if (!status) return std::move(status).error();
    auto reader = std::make_unique<ListingReader>();
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

Result<std::vector<ListingEntry>> ListingReader::read_step() {
    std::vector<ListingEntry> entries;
    if (single_) entries.push_back(*std::exchange(single_, std::nullopt));
    while (listing_ && entries.size() < limits::kEntriesPerStep) {
        auto next = listing_->next();
        if (!next) {
            ++skipped_;
        } else if (!*next) {
            listing_.reset();
        } else {
            entries.push_back(make_entry(std::move((*next)->name), (*next)->status));
        }
    }
    total_ += entries.size();
    complete_ = listing_ == nullptr;
    return entries;
}

ListingAnswer::ListingAnswer(ServerResources& resources, AnswerSink sink, ListingWanted wanted)
    : resources_(resources), sink_(std::move(sink)), wanted_(std::move(wanted)) {}

void ListingAnswer::start() {
    resources_.pool.run(
        [&store = resources_.store, wanted = wanted_] {
            return wanted.catalogue ? CatalogueReader::open(store)
                                    : ListingReader::open(store, wanted.request);
        },
        [weak = weak_from_this()](Result<std::unique_ptr<EntryReader>> outcome) {
            if (const auto self = weak.lock()) self->opened(std::move(outcome));
        });
}

void ListingAnswer::opened(Result<std::unique_ptr<EntryReader>> outcome) {
    if (!outcome) return refuse(std::move(outcome).error());
    reader_ = std::move(*outcome);
    sink_.core.begin_listing(wanted_.id);
    read_more();
}

void ListingAnswer::refuse(Error error) {
    ended_ = true;
    error_ = std::move(error);
    sink_.core.refuse(wanted_.id, *error_);
    (void)sink_.changed();
}

void ListingAnswer::advance(std::uint64_t) {
    if (reader_ && !reading_ && !ended_) read_more();
}

void ListingAnswer::read_more() {
    if (!sink_.core.wants_entries()) return;
    reading_ = true;
    resources_.pool.run([reader = reader_] { return reader->read_step(); },
                        [weak = weak_from_this()](Result<std::vector<ListingEntry>> entries) {
                            const auto self = weak.lock();
                            if (!self) return;
                            self->reading_ = false;
                            if (!entries) return self->refuse(std::move(entries).error());
                            self->add(*entries);
                        });
}

void ListingAnswer::add(const std::vector<ListingEntry>& entries) {
    count_ += entries.size();
    sink_.core.add_entries(wanted_.id, entries);
    if (reader_->complete()) {
        ended_ = true;
        sink_.core.finish_listing(wanted_.id, reader_->end());
    }
    advance(0);
    (void)sink_.changed();
}

}  // namespace gantry::cs
