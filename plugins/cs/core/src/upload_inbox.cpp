#include <cs/core/limits.h>
#include <cs/core/upload_inbox.h>

#include <algorithm>

namespace gantry::cs {

Result<void> UploadInbox::begin(RequestId id) {
    if (uploads_.size() == limits::kMaxUploads)
        return make_error(ErrorCode::limit, "cs", "too many uploads are open on one connection");
    uploads_.try_emplace(id);
    return {};
}

Result<void> UploadInbox::take(const FramePiece& piece) {
    const auto found = uploads_.find(piece.header.id);
    const bool waits = found != uploads_.end() && !found->second.ended;
    if (!waits && piece.header.type == FrameType::error) return {};
    if (!waits) return protocol_error("bytes of a file came that no put waits for");
    auto& [part, ended, discarded] = found->second;
    ended = piece.header.type != FrameType::data;
    if (discarded) {
        if (ended) uploads_.erase(found);
    } else if (piece.header.type == FrameType::data) {
        part.bytes.insert(part.bytes.end(), piece.body.begin(), piece.body.end());
        bytes_ += piece.body.size();
    } else if (piece.header.type == FrameType::end) {
        part.end = FileEnd::decode(piece.body);
    } else {
        part.given_up = true;
    }
    return {};
}

UploadPart UploadInbox::fetch(RequestId id) {
    const auto found = uploads_.find(id);
    if (found == uploads_.end()) return {};
    auto part = std::exchange(found->second.part, {});
    bytes_ -= part.bytes.size();
    if (found->second.ended) uploads_.erase(found);
    return part;
}

void UploadInbox::discard(RequestId id) {
    const auto found = uploads_.find(id);
    if (found == uploads_.end()) return;
    bytes_ -= found->second.part.bytes.size();
    found->second.part = {};
    found->second.discarded = true;
    if (found->second.ended) uploads_.erase(found);
}

bool UploadInbox::full() const noexcept { return bytes_ >= limits::kMaxUploadBytes; }

bool UploadInbox::awaits(RequestId id) const noexcept {
    const auto found = uploads_.find(id);
    return found != uploads_.end() && !found->second.ended;
}

bool UploadInbox::keeps(RequestId id) const noexcept {
    const auto found = uploads_.find(id);
    return found != uploads_.end() && !found->second.discarded;
}

bool UploadInbox::holds(RequestId id) const noexcept {
    const auto found = uploads_.find(id);
    return found != uploads_.end() && !found->second.part.empty();
}

bool UploadInbox::unfinished() const noexcept {
    return std::ranges::any_of(
        uploads_, [](const auto& u) { return !u.second.ended && !u.second.discarded; });
}

void UploadInbox::clear() noexcept {
    uploads_.clear();
    bytes_ = 0;
}

}  // namespace gantry::cs
