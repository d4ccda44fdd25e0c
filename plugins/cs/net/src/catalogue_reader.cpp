#include <cs/net/catalogue_reader.h>
#include <cs/wire/classic_request.h>

#include <algorithm>
#include <functional>

namespace gantry::cs {

Result<std::unique_ptr<EntryReader>> CatalogueReader::open(FileStore& store,
                                                           std::size_t max_names) {
    std::unique_ptr<CatalogueReader> reader(new CatalogueReader(store, max_names));
    if (auto walked = reader->walk(""); !walked) return std::move(walked).error();
    return std::unique_ptr<EntryReader>(std::move(reader));
}

Result<std::vector<ListingEntry>> CatalogueReader::read_step() {
    std::vector<ListingEntry> entries;
    while (!complete() && entries.size() < limits::kEntriesPerStep) {
        if (files_.empty()) {
            const auto folder = std::move(folders_.back());
            folders_.pop_back();
            auto walked = walk(folder);
            if (!walked && walked.error().code == ErrorCode::limit)
                return std::move(walked).error();
            if (!walked) ++skipped_;
        } else {
            entries.push_back({EntryType::file, 0, 0, std::move(files_.back())});
            files_.pop_back();
        }
    }
    total_ += entries.size();
    return entries;
}

// Only called when the files of the last folder have been told.
Result<void> CatalogueReader::walk(const std::string& folder) {
    auto listing = store_.list(folder, false);
    if (!listing) return std::move(listing).error();
    std::vector<std::string> folders;
    while (true) {
        auto entry = (*listing)->next();
        if (!entry) {
            ++skipped_;
            break;
        }
        if (!*entry) break;
        take(**entry, folder, folders);
        if (files_.size() + folders_.size() + folders.size() > max_names_)
            return make_error(ErrorCode::limit, "cs", "there are too many names for a catalogue");
    }
    std::sort(files_.begin(), files_.end(), std::greater<>());
    std::sort(folders.begin(), folders.end(), std::greater<>());
    folders_.insert(folders_.end(), folders.begin(), folders.end());
    return {};
}

void CatalogueReader::take(const FolderEntry& entry, const std::string& folder,
                           std::vector<std::string>& folders) {
    auto path = join_path(folder, entry.name);
    const bool fits = fits_classic_name(path) && path.find('\n') == path.npos;
    if (fits && entry.status.type == FileType::regular)
        files_.push_back(std::move(path));
    else if (fits && entry.status.type == FileType::folder)
        folders.push_back(std::move(path));
    else
        ++skipped_;
}

}  // namespace gantry::cs
