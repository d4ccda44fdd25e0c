#include <cs/core/classic_client.h>
#include <cs/core/classic_seal.h>

namespace gantry::cs {

ClassicClient::ClassicClient(const ClassicRequest& request, BlockTransform& cipher,
                             const limits::ClientTimes& times, TimePoint now)
    : cipher_(cipher), service_(request.service), id_(request.id), times_(times), heard_(now) {
    auto bytes = request.encode();
    if (bytes)
        output_.push(std::move(*bytes));
    else
        fail(std::move(bytes).error());
}

void ClassicClient::receive(ByteView bytes, TimePoint now) {
    heard_ = now;
    if (!over_) decoder_.feed(bytes);
}

void ClassicClient::receive_end(TimePoint now) {
    heard_ = now;
    fail(make_error(ErrorCode::network, "cs",
                    "the server closed the connection before the answer was whole"));
}

void ClassicClient::lost(Error error) { fail(std::move(error)); }

std::optional<ClassicEvent> ClassicClient::poll_event() {
    if (failure_) return ClassicFailed{*std::exchange(failure_, std::nullopt)};
    if (over_) return std::nullopt;
    auto packet = decoder_.next();
    if (packet && !*packet) return std::nullopt;
    auto event = packet ? take(**packet) : Result<ClassicEvent>(std::move(packet).error());
    if (event && std::holds_alternative<ClassicBytes>(*event)) return std::move(*event);
    over_ = true;
    output_.clear();
    return event ? std::move(*event) : ClassicEvent(ClassicFailed{std::move(event).error()});
}

Result<ClassicEvent> ClassicClient::take(const ClassicPacket& packet) {
    const auto& head = packet.header;
    if (head.id != id_) return protocol_error("the answer is for another request");
    if (head.error == ClassicHeader::kNotFound)
        return make_error(ErrorCode::not_found, "cs", "the server says that it does not exist");
    if (head.error != 0)
        return make_error(ErrorCode::other, "cs",
                          "the server answered with error " + std::to_string(head.error));
    if (head.last()) return ClassicEvent(ClassicEnded{});
    return take_data(packet);
}

Result<ClassicEvent> ClassicClient::take_data(const ClassicPacket& packet) {
    if (service_ != ClassicService::encrypted_file) {
        if (packet.header.service != static_cast<std::uint16_t>(service_))
            return protocol_error("the answer is of another service");
        return ClassicEvent(ClassicBytes{packet.data});
    }
    auto plain = classic_open(cipher_, packet.data, packet.header.service);
    if (!plain) return std::move(plain).error();
    opened_ = std::move(*plain);
    return ClassicEvent(ClassicBytes{opened_});
}

Transmit ClassicClient::poll_transmit(ByteSpan buffer, TimePoint) {
    Transmit out;
    out.bytes = output_.pull(buffer);
    return out;
}

std::optional<TimePoint> ClassicClient::next_timeout() const {
    if (over_ || paused_) return std::nullopt;
    return heard_ + times_.answer;
}

void ClassicClient::on_timeout(TimePoint now) {
    const auto due = next_timeout();
    if (due && now >= *due)
        fail(make_error(ErrorCode::timeout, "cs", "the server does not answer any more"));
}

void ClassicClient::pause(bool paused, TimePoint now) {
    paused_ = paused;
    heard_ = now;
}

void ClassicClient::fail(Error error) {
    if (std::exchange(over_, true)) return;
    failure_ = std::move(error);
    output_.clear();
}

}  // namespace gantry::cs
