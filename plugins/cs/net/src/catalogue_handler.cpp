#include <cs/net/catalogue_handler.h>

namespace gantry::cs {

void CatalogueHandler::file_bytes(std::uint64_t, ByteView bytes, const ReceiveBuffer&) {
    if (over_) return;
    auto paths = decoder_.receive(bytes);
    if (!paths) return failed(std::move(paths).error(), ErrorDetail::none);
    tell(*paths);
}

void CatalogueHandler::file_ended(const FileEnd&) {
    if (over_) return;
    if (auto last = decoder_.finish(); !last.empty()) tell({std::move(last)});
    if (!view_.found())
        return failed(make_error(ErrorCode::not_found, "cs", "the catalogue has no such file"),
                      ErrorDetail::none);
    over_ = true;
    listener_->listing_ended({told_, 0});
}

void CatalogueHandler::failed(Error error, ErrorDetail detail) {
    if (!std::exchange(over_, true)) listener_->failed(std::move(error), detail);
}

void CatalogueHandler::tell(const std::vector<std::string>& paths) {
    auto entries = view_.add(paths);
    told_ += entries.size();
    if (!entries.empty()) listener_->entries(std::move(entries));
}

}  // namespace gantry::cs
