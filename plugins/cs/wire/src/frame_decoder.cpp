#include <cs/wire/frame_decoder.h>
#include <cs/wire/limits.h>

#include <algorithm>
#include <cassert>

namespace gantry::cs {

namespace {

constexpr std::size_t kIdleRoom = 256;

bool is_file_data(const FrameHeader& h) {
    return h.type == FrameType::data &&
           (h.service == ServiceId::file || h.service == ServiceId::encrypted_file ||
            h.service == ServiceId::put);
}

// The bytes of a put travel from the client, those of all else from the server.
bool is_taken(Role role, const FrameHeader& h) {
    switch (h.type) {
        case FrameType::request:
            return role == Role::server;
        case FrameType::response:
            return role == Role::client;
        case FrameType::data:
            return role == (h.service == ServiceId::put ? Role::server : Role::client);
        case FrameType::end:
            return role == Role::client || h.service == ServiceId::put;
        case FrameType::cancel:
            return role == Role::server;
        case FrameType::error:
        case FrameType::credit:
        case FrameType::hello:
            return true;
        case FrameType::piece:
            return role == Role::client;
    }
    return is_optional(h.type);
}

// An optional frame that nobody here has a use for.
bool is_skipped(FrameType type) { return is_optional(type) && type != FrameType::hello; }

Error unsupported(std::string message) {
    return make_error(ErrorCode::unsupported, "cs", std::move(message));
}

Result<void> check_header(Role role, const FrameHeader& h) {
    // The error frame is the same in every version: it is how the other version is told.
    if (h.version != FrameHeader::kVersion && h.type != FrameType::error)
        return unsupported("the peer speaks version " + std::to_string(h.version) +
                           " of the protocol; this side speaks version 1");
    if (!is_taken(role, h))
        return unsupported("a frame of type " + std::to_string(static_cast<unsigned>(h.type)) +
                           " is not taken here");
    const bool large = is_file_data(h) || is_skipped(h.type);
    const std::size_t limit = large ? limits::kMaxDataBody : limits::kMaxBody;
    if (h.body_size() > limit)
        return protocol_error("a frame of " + std::to_string(h.length) +
                              " bytes is longer than the limit of " +
                              std::to_string(limit + FrameHeader::kSize));
    return {};
}

}  // namespace

bool FrameDecoder::inside_message() const noexcept {
    if (header_) return !is_file_data(*header_);
    return !kept_.empty() && !kept_used_;
}

void FrameDecoder::feed(ByteView bytes) {
    assert(input_.empty() || failed_);
    input_ = bytes;
}

Result<std::optional<FramePiece>> FrameDecoder::next() {
    if (failed_) return *failed_;
    if (std::exchange(kept_used_, false)) drop_kept();
    while (true) {
        if (!header_) {
            auto complete = read_header();
            if (!complete) return fail(std::move(complete).error());
            if (!*complete) return std::optional<FramePiece>();
        }
        if (is_file_data(*header_)) return stream_body();
        if (!is_skipped(header_->type)) return whole_body();
        if (!skip_body()) return std::optional<FramePiece>();
    }
}

Result<bool> FrameDecoder::read_header() {
    const auto part = take(FrameHeader::kSize - kept_.size());
    kept_.insert(kept_.end(), part.begin(), part.end());
    if (kept_.size() < FrameHeader::kSize) return false;
    auto header = FrameHeader::decode(kept_);
    if (!header) return std::move(header).error();
    if (auto fine = check_header(role_, *header); !fine) return std::move(fine).error();
    header_ = *header;
    left_ = header->body_size();
    kept_.clear();
    return true;
}

Result<std::optional<FramePiece>> FrameDecoder::stream_body() {
    if (left_ > 0 && input_.empty()) return std::optional<FramePiece>();
    FramePiece piece{*header_, take(left_), false};
    left_ -= piece.body.size();
    piece.last = left_ == 0;
    if (piece.last) end_frame();
    return std::optional(piece);
}

Result<std::optional<FramePiece>> FrameDecoder::whole_body() {
    FramePiece piece{*header_, {}, true};
    if (kept_.empty() && input_.size() >= left_) {
        piece.body = take(left_);
    } else {
        const auto part = take(left_ - kept_.size());
        kept_.insert(kept_.end(), part.begin(), part.end());
        if (kept_.size() < left_) return std::optional<FramePiece>();
        piece.body = kept_;
        kept_used_ = true;
    }
    end_frame();
    return std::optional(piece);
}

bool FrameDecoder::skip_body() {
    left_ -= take(left_).size();
    if (left_ > 0) return false;
    end_frame();
    return true;
}

ByteView FrameDecoder::take(std::size_t count) {
    const auto part = input_.first(std::min(count, input_.size()));
    input_ = input_.subspan(part.size());
    return part;
}

void FrameDecoder::end_frame() {
    header_.reset();
    left_ = 0;
}

// A connection that idles must not hold on to the room of its largest frame.
void FrameDecoder::drop_kept() {
    kept_.clear();
    if (kept_.capacity() > kIdleRoom) kept_.shrink_to_fit();
}

Error FrameDecoder::fail(Error error) {
    failed_ = error;
    input_ = {};
    return error;
}

}  // namespace gantry::cs
