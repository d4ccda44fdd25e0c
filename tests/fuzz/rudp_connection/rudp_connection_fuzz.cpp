// Datagrams from a peer into a whole connection. The first byte says into which side and when; then each
// byte says how long the next datagram is, and whether it goes in as it is or as the frames of a data
// packet with a right checksum, and how much time passes before it.
#include "fake_controller.h"

#include <lftp/core/connection.h>
#include <lftp/wire/packet_reader.h>

#include <cstdint>
#include <cstdlib>
#include <vector>

using namespace gantry;
using namespace gantry::lftp;

namespace {

void require(bool fine) {
    if (!fine) std::abort();
}

std::unique_ptr<Connection> made(Side side) {
    ConnectionSettings settings;
    settings.side = side;
    settings.local = ConnectionId(side == Side::client ? 1 : 2);
    settings.remote = ConnectionId(side == Side::client ? 3 : 1);
    settings.original = ConnectionId(3);
    settings.streams.window = settings.streams.max_window = 20'000;
    settings.streams.send_room = 5'000;
    settings.window = settings.max_window = 30'000;
    settings.max_streams = 8;
    return std::make_unique<Connection>(settings, std::make_unique<FakeController>(20'000),
                                        TimePoint());
}

// What one side has to send, into the other.
void carry(Connection& from, Connection& to, TimePoint now) {
    std::vector<std::byte> buffer(8'000);
    for (int i = 0; i < 8; ++i) {
        const auto train = from.poll_transmit(buffer, now);
        for (std::size_t at = 0; at < train.size; at += train.segment)
            to.receive(ByteSpan(buffer).subspan(at, std::min(train.segment, train.size - at)),
                       EcnMark::none, now);
    }
}

// Reads and answers as an application would.
void use(Connection& connection, TimePoint now) {
    std::byte buffer[512];
    for (int i = 0; i < 64; ++i) {
        const auto event = connection.poll_event();
        if (!event) return;
        const auto* stream = std::get_if<StreamEvent>(&*event);
        if (stream == nullptr || stream->kind != StreamEvent::Kind::readable) continue;
        const auto got = connection.read(stream->stream, buffer, now);
        if (got && got->count > 100)
            (void)connection.write(stream->stream, ByteView(buffer).first(got->count));
        if (got && got->at_end) (void)connection.finish(stream->stream);
    }
}

void send_nothing_more_than_it_may(Connection& connection, TimePoint now) {
    std::vector<std::byte> buffer(8'000);
    for (int i = 0; i < 64; ++i) {
        const auto train = connection.poll_transmit(buffer, now);
        if (train.size == 0) return;
        require(train.size <= buffer.size() && train.segment > 0);
    }
    require(false);  // 20 kB may be in flight
}

void inject(Connection& connection, ByteView bytes, bool as_frames, std::uint32_t number,
            TimePoint now) {
    std::vector<std::byte> packet(DataHeader::kSize + bytes.size() + kChecksumSize);
    ByteWriter writer(packet);
    if (as_frames) DataHeader{false, connection.local_id(), number}.encode(writer);
    writer.bytes(bytes);
    if (as_frames) write_checksum(writer);
    connection.receive(ByteSpan(packet).first(writer.size()), EcnMark::ce, now);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    auto client = made(Side::client);
    auto server = made(Side::server);
    TimePoint now{};
    for (unsigned i = 0; i < (data[0] >> 1U) % 5U; ++i) {
        carry(*client, *server, now);
        carry(*server, *client, now);
    }
    Connection& target = (data[0] & 1U) == 0 ? *client : *server;
    if (const auto id = target.open_stream()) (void)target.write(*id, std::vector<std::byte>(4'000));
    PacketReader input(std::as_bytes(std::span(data + 1, size - 1)));
    for (std::uint32_t number = 100; !input.done(); ++number) {
        const std::uint8_t head = input.u8();
        const std::size_t length = std::min<std::size_t>(head & 0x3FU, input.remaining());
        if ((head & 0x40U) != 0) now += std::chrono::milliseconds(700);
        inject(target, input.bytes(length), (head & 0x80U) == 0, number, now);
        use(target, now);
        if (target.next_timeout() <= now) target.on_timeout(now);
        send_nothing_more_than_it_may(target, now);
    }
    return 0;
}
