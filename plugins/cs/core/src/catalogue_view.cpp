#include <cs/core/catalogue_view.h>

namespace gantry::cs {

CatalogueView::CatalogueView(const ListingRequest& request)
    : folder_(request.path), recursive_(request.recursive), found_(request.path.empty()) {
    if (folder_.empty() || folder_.ends_with('/')) return;
    file_ = folder_;
    folder_ += '/';
}

std::vector<ListingEntry> CatalogueView::add(const std::vector<std::string>& paths) {
    std::vector<ListingEntry> out;
    for (const auto& path : paths) {
        if (!file_.empty() && path == file_) {
            out.push_back({EntryType::file, 0, 0, path.substr(path.rfind('/') + 1)});
        } else if (path.size() > folder_.size() && path.starts_with(folder_)) {
            const auto rest = path.substr(folder_.size());
            const auto slash = recursive_ ? rest.npos : rest.find('/', 1);
            auto name = rest.substr(0, slash);
            const bool folder = slash != rest.npos;
            if (folder && name == last_folder_) continue;
            if (folder) last_folder_ = name;
            out.push_back({folder ? EntryType::folder : EntryType::file, 0, 0, std::move(name)});
        }
    }
    found_ = found_ || !out.empty();
    return out;
}

}  // namespace gantry::cs
