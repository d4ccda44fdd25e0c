#include <lftp/wire/frame_reader.h>

namespace gantry::lftp {

Result<std::optional<Frame>> FrameReader::next() {
    do {
        if (reader_.done()) return std::optional<Frame>();
        type_ = static_cast<FrameType>(reader_.u8());
    } while (type_ == FrameType::padding);
    if (!may_stand_in(type_, space_)) {
        reader_.fail();
        return wire_error("a frame that may not stand in a handshake packet");
    }
    Frame frame = read_body();
    if (reader_.failed()) return wire_error("a frame that is cut short or not known");
    return std::optional<Frame>(frame);
}

Frame FrameReader::read_body() {
    if (is_stream(type_)) return StreamFrame::decode(reader_, type_);
    switch (type_) {
        case FrameType::ping:
            return PingFrame();
        case FrameType::ack:
        case FrameType::ack_ecn:
            return AckFrame::decode(reader_, type_);
        case FrameType::crypto:
            return CryptoFrame::decode(reader_);
        case FrameType::path_challenge:
        case FrameType::path_response:
            return PathFrame::decode(reader_, type_);
        case FrameType::transport_close:
        case FrameType::application_close:
            return CloseFrame::decode(reader_, type_);
        default:
            break;
    }
    if (CreditFrame::is_credit(type_)) return CreditFrame::decode(reader_, type_);
    if (auto rare = read_rare()) return *rare;
    reader_.fail();
    return PingFrame();
}

std::optional<Frame> FrameReader::read_rare() {
    switch (type_) {
        case FrameType::reset_stream:
            return ResetStreamFrame::decode(reader_);
        case FrameType::stop_sending:
            return StopSendingFrame::decode(reader_);
        case FrameType::handshake_done:
            return HandshakeDoneFrame::decode(reader_);
        case FrameType::immediate_ack:
            return ImmediateAckFrame();
        case FrameType::ack_frequency:
            return AckFrequencyFrame::decode(reader_);
        default:
            break;
    }
    if (!is_optional(type_)) return std::nullopt;
    return OptionalFrame{type_, reader_.bytes(reader_.varint())};
}

}  // namespace gantry::lftp
