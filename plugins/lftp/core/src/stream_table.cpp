#include <lftp/core/stream_table.h>

namespace gantry::lftp {

StreamTable::StreamTable(Side side, const StreamSettings& settings, std::uint64_t max_streams)
    : side_(side),
      settings_(settings),
      max_streams_(std::min(max_streams, limits::kMaxStreams)),
      told_limit_(max_streams_) {}

void StreamTable::set_peer_limits(std::uint64_t max_streams, std::uint64_t max_stream_data) {
    credit_.raise(max_streams);
    peer_stream_data_ = max_stream_data;
    for_each([&](DuplexStream& s) { s.credit.raise(settings_.origin + max_stream_data); });
}

DuplexStream& StreamTable::create(StreamId id) {
    auto& place = streams_[id.value()];
    const auto& s = settings_;
    place = std::make_unique<DuplexStream>(
        DuplexStream{id, SendStream(s.send_room, s.origin, s.max_send_room),
                     SendCredit(s.origin + peer_stream_data_, s.origin), ReceiveStream(s.origin),
                     ReceiveWindow(s.window, s.max_window, s.origin)});
    return *place;
}

Result<StreamId> StreamTable::open_stream() {
    if (credit_.room() == 0)
        return make_error(ErrorCode::busy, "rudp", "the peer takes no more streams now");
    const StreamId id = stream_id(side_, credit_.used());
    credit_.use(1);
    create(id);
    return id;
}

DuplexStream* StreamTable::find(StreamId id) noexcept {
    if (latest_ != nullptr && latest_->id == id) return latest_;
    const auto at = streams_.find(id.value());
    return at == streams_.end() ? nullptr : latest_ = at->second.get();
}

StreamTable::Admission StreamTable::admit(StreamId id) {
    if (DuplexStream* known = find(id)) return {known};
    const std::uint64_t index = index_of(id);
    if (opener(id) == side_)
        return {nullptr,
                index < credit_.used() ? TransportError::no_error : TransportError::stream_state};
    if (index >= told_limit_) return {nullptr, TransportError::stream_limit};
    if (index < peer_opened_) return {};
    while (peer_opened_ <= index) {
        const StreamId opened = stream_id(other(side_), peer_opened_++);
        create(opened);
        tell({StreamEvent::Kind::opened, opened});
    }
    return {find(id)};
}

void StreamTable::retire(DuplexStream& stream) {
    if (!stream.over()) return;
    if (opener(stream.id) != side_) ++peer_retired_;
    latest_ = nullptr;
    streams_.erase(stream.id.value());
}

std::optional<StreamEvent> StreamTable::poll_event() {
    if (events_.empty()) return std::nullopt;
    const StreamEvent event = events_.front();
    events_.pop_front();
    return event;
}

}  // namespace gantry::lftp
