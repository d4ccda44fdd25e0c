#include <cs/core/stream_windows.h>

#include <algorithm>

namespace gantry::cs {

void StreamWindows::begin(RequestId id) {
    streams_.try_emplace(id, Stream{ReceiveWindow(stream_range_)});
}

void StreamWindows::use(RequestId id) {
    const auto found = streams_.find(id);
    if (found == streams_.end()) return;
    found->second.waits = false;
    found->second.window.use();
    changed_.insert(id);
}

Result<void> StreamWindows::received(RequestId id, std::uint64_t bytes, TimePoint now) {
    if (auto fits = connection_.received(bytes, now); !fits) return fits;
    const auto found = streams_.find(id);
    if (found == streams_.end()) return {};
    auto& stream = found->second;
    if (auto fits = stream.window.received(bytes, now); !fits) return fits;
    if (!stream.waits) return {};
    stream.early += bytes;
    consumed_by_all(bytes);
    return {};
}

void StreamWindows::consumed(RequestId id, std::uint64_t bytes) {
    const auto found = streams_.find(id);
    if (found == streams_.end()) return consumed_by_all(bytes);
    auto& stream = found->second;
    stream.window.consumed(bytes);
    if (!stream.waits) changed_.insert(id);
    const auto early = std::min(bytes, stream.early);
    stream.early -= early;
    consumed_by_all(bytes - early);
}

void StreamWindows::consumed_by_all(std::uint64_t bytes) {
    if (bytes == 0) return;
    connection_.consumed(bytes);
    changed_.insert(kConnectionId);
}

void StreamWindows::end(RequestId id) {
    streams_.erase(id);
    changed_.erase(id);
}

void StreamWindows::drop(RequestId id) {
    const auto found = streams_.find(id);
    if (found == streams_.end()) return;
    const auto left = found->second.window.held() - found->second.early;
    end(id);
    consumed_by_all(left);
}

std::optional<StreamWindows::Grant> StreamWindows::poll_grant(TimePoint now) {
    while (!changed_.empty()) {
        const auto id = *changed_.begin();
        changed_.erase(changed_.begin());
        auto& window = id == kConnectionId ? connection_ : streams_.at(id).window;
        if (const auto limit = window.poll_grant(now)) return Grant{id, *limit};
    }
    return std::nullopt;
}

bool StreamWindows::has_room(RequestId id) const noexcept {
    const auto found = streams_.find(id);
    return found != streams_.end() && found->second.window.room() > 0 && connection_.room() > 0;
}

}  // namespace gantry::cs
