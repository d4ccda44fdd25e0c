#include <cs/core/upload_output.h>

#include <algorithm>

namespace gantry::cs {

void UploadOutput::expect_hello(std::uint64_t bytes) {
    credit_ = SendCredit(bytes);
    stream_window_ = bytes;
}

void UploadOutput::use_streams(const Agreement& agreed) {
    in_order_ = false;
    largest_ = std::min(largest_, agreed.largest_data);
    raise(agreed.window, agreed.stream_window);
}

void UploadOutput::use_no_streams() { raise(SendCredit::kUnlimited, SendCredit::kUnlimited); }

void UploadOutput::raise(std::uint64_t window, std::uint64_t stream_window) {
    stream_window_ = stream_window;
    credit_.raise(window);
    for (auto& [id, upload] : uploads_) upload.credit.raise(stream_window);
}

void UploadOutput::begin(RequestId id) { uploads_[id].credit = SendCredit(stream_window_); }

void UploadOutput::add(RequestId id, ByteView bytes) {
    const auto found = uploads_.find(id);
    if (found == uploads_.end() || found->second.end) return;
    auto& upload = found->second;
    upload.bytes.erase(upload.bytes.begin(),
                       upload.bytes.begin() + static_cast<std::ptrdiff_t>(upload.sent));
    upload.sent = 0;
    upload.bytes.insert(upload.bytes.end(), bytes.begin(), bytes.end());
}

void UploadOutput::end(RequestId id, Bytes end_body) {
    const auto found = uploads_.find(id);
    if (found != uploads_.end() && !found->second.end) found->second.end = std::move(end_body);
}

bool UploadOutput::remove(RequestId id) { return uploads_.erase(id) > 0; }

void UploadOutput::add_credit(RequestId id, std::uint64_t limit) {
    if (id == kConnectionId) return credit_.raise(limit);
    const auto found = uploads_.find(id);
    if (found != uploads_.end()) found->second.credit.raise(limit);
}

bool UploadOutput::wants(RequestId id) const noexcept {
    const auto found = uploads_.find(id);
    if (found == uploads_.end() || found->second.waiting() > 0) return false;
    if (in_order_ && found != uploads_.begin()) return false;
    return found->second.credit.room() > 0 && credit_.room() > 0;
}

bool UploadOutput::has_turn(const Uploads::value_type& entry) const {
    const auto& upload = entry.second;
    if (upload.waiting() == 0) return upload.end.has_value();
    return upload.credit.room() > 0 && credit_.room() > 0;
}

std::optional<Bytes> UploadOutput::next_frame() {
    const auto ready = [this](const auto& entry) { return has_turn(entry); };
    if (in_order_) {
        if (uploads_.empty() || !has_turn(*uploads_.begin())) return std::nullopt;
        return take_frame(uploads_.begin());
    }
    auto next = std::find_if(uploads_.upper_bound(last_), uploads_.end(), ready);
    if (next == uploads_.end()) next = std::find_if(uploads_.begin(), uploads_.end(), ready);
    if (next == uploads_.end()) return std::nullopt;
    last_ = next->first;
    return take_frame(next);
}

Bytes UploadOutput::take_frame(Uploads::iterator from) {
    const auto id = from->first;
    auto& upload = from->second;
    if (upload.waiting() == 0) {
        auto frame = make_frame(FrameType::end, ServiceId::put, id, *upload.end);
        uploads_.erase(from);
        return frame;
    }
    const auto count =
        static_cast<std::size_t>(std::min({std::uint64_t{upload.waiting()}, std::uint64_t{largest_},
                                           upload.credit.room(), credit_.room()}));
    upload.credit.spend(count);
    credit_.spend(count);
    auto frame = make_frame(FrameType::data, ServiceId::put, id,
                            ByteView(upload.bytes).subspan(upload.sent, count));
    upload.sent += count;
    return frame;
}

}  // namespace gantry::cs
