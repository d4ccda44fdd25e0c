#include <cs/core/classic_seal.h>
#include <cs/core/classic_server.h>
#include <cs/wire/classic_catalogue.h>
#include <cs/wire/limits.h>

#include <algorithm>

namespace gantry::cs {

ClassicServer::ClassicServer(BlockTransform& cipher, const limits::ServerTimes& times,
                             TimePoint now)
    : cipher_(cipher), deadlines_(times, now) {}

// What follows the request is not looked at: there is one of a connection.
void ClassicServer::receive(ByteView bytes, TimePoint now) {
    if (phase_ != Phase::asking || gave_up_) return;
    auto request = decoder_.receive(bytes);
    if (!request)
        gave_up_ = true;
    else if (*request)
        answer(std::move(**request), now);
}

void ClassicServer::answer(ClassicRequest request, TimePoint now) {
    deadlines_.request_came();
    deadlines_.busy(true, now);
    phase_ = Phase::answering;
    request_ = std::move(request);
    const RequestId id{request_.id};
    if (request_.service == ClassicService::catalogue) {
        event_ = ListingWanted{id, {"", true}, true};
        return;
    }
    const bool file = request_.service == ClassicService::file ||
                      request_.service == ClassicService::encrypted_file;
    if (!file || !fits_classic_name(request_.name)) return end_reply(ClassicHeader::kNotFound);
    // The check makes the reader read ahead; it is not sent.
    event_ = FileWanted{id, {request_.name, CheckAlgorithm::crc32c}};
}

void ClassicServer::receive_end(TimePoint) {
    peer_ended_ = true;
    if (phase_ == Phase::asking) gave_up_ = true;
}

std::optional<ServerEvent> ClassicServer::poll_event(TimePoint) {
    return std::exchange(event_, std::nullopt);
}

Transmit ClassicServer::poll_transmit(ByteSpan buffer, TimePoint now) {
    Transmit out;
    if (gave_up_) return out;
    end_file_when_sent();
    out.bytes = output_.pull(buffer);
    if (out.bytes > 0) {
        deadlines_.transmitting(out.bytes, now);
    } else if (handed_ < offered_) {
        const auto count = std::min<std::uint64_t>(offered_ - handed_, limits::kClassicRange);
        out.file =
            FileRange{RequestId(request_.id), handed_, static_cast<std::size_t>(count), true};
        handed_ += count;
        began_ = true;
    }
    if (finished()) deadlines_.closing(now);
    return out;
}

Result<Bytes> ClassicServer::pack(ByteView bytes, TimePoint now) {
    const bool sealed = request_.service == ClassicService::encrypted_file;
    Bytes out;
    out.reserve(bytes.size() + bytes.size() / 32 + ClassicHeader::kSize);
    while (!bytes.empty()) {
        const auto part = bytes.first(std::min(bytes.size(), limits::kClassicData));
        bytes = bytes.subspan(part.size());
        auto data = sealed ? classic_seal(cipher_, part) : Bytes(part.begin(), part.end());
        if (!data) return std::move(data).error();
        const auto next = packet(static_cast<std::uint16_t>(sealed ? part.size() : 0), *data);
        out.insert(out.end(), next.begin(), next.end());
    }
    deadlines_.transmitting(out.size(), now);
    return out;
}

void ClassicServer::on_sent(std::uint64_t bytes, TimePoint now) {
    deadlines_.sent(bytes, now);
    if (finished()) deadlines_.closing(now);
}

void ClassicServer::on_timeout(TimePoint now) {
    if (deadlines_.check(now)) gave_up_ = true;
}

bool ClassicServer::is_open(RequestId id) const noexcept { return answering(id) && !gave_up_; }

void ClassicServer::begin_file(RequestId id, const FileResponse&, const FileSpan& span) {
    if (is_open(id)) size_ = span.count;
}

void ClassicServer::offer_file(RequestId id, std::uint64_t bytes) {
    if (is_open(id)) offered_ = std::clamp(bytes, offered_, size_);
}

void ClassicServer::finish_file(RequestId id, FileEnd) {
    if (!is_open(id)) return;
    offered_ = size_;
    whole_ = true;
}

void ClassicServer::end_file_when_sent() {
    if (answering() && whole_ && handed_ == size_) end_reply(0);
}

void ClassicServer::add_entries(RequestId id, std::span<const ListingEntry> entries) {
    if (!is_open(id)) return;
    for (const auto& entry : entries) text_ += classic_line(entry.name);
    const auto service = static_cast<std::uint16_t>(request_.service);
    auto rest = as_bytes(text_);
    for (; rest.size() >= limits::kClassicData; rest = rest.subspan(limits::kClassicData))
        output_.push(packet(service, rest.first(limits::kClassicData)));
    began_ = began_ || rest.size() < text_.size();
    text_.erase(0, text_.size() - rest.size());
}

void ClassicServer::finish_listing(RequestId id, const ListingEnd&) {
    if (!is_open(id)) return;
    if (!text_.empty())
        output_.push(packet(static_cast<std::uint16_t>(request_.service), as_bytes(text_)));
    end_reply(0);
}

void ClassicServer::refuse(RequestId id, const Error&, ErrorDetail) {
    if (!is_open(id)) return;
    if (began_)
        gave_up_ = true;
    else
        end_reply(ClassicHeader::kNotFound);
}

void ClassicServer::end_reply(std::uint16_t error) {
    ClassicHeader last{static_cast<std::uint16_t>(request_.service), request_.id};
    last.error = error;
    const auto bytes = last.encode();
    output_.push(Bytes(bytes.begin(), bytes.end()));
    phase_ = Phase::answered;
}

Bytes ClassicServer::packet(std::uint16_t service, ByteView data) const {
    ClassicHeader header{service, request_.id};
    header.length = static_cast<std::uint16_t>(ClassicHeader::kSize + data.size());
    const auto head = header.encode();
    Bytes out(head.size() + data.size());
    std::copy(data.begin(), data.end(), std::copy(head.begin(), head.end(), out.begin()));
    return out;
}

void ClassicServer::drain(TimePoint) {
    if (phase_ == Phase::asking) gave_up_ = true;
}

bool ClassicServer::finished() const noexcept {
    return phase_ == Phase::answered && output_.empty() && deadlines_.unsent() == 0;
}

}  // namespace gantry::cs
