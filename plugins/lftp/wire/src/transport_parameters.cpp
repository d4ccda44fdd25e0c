#include <lftp/wire/packet_reader.h>
#include <lftp/wire/transport_parameters.h>
#include <lftp/wire/varint.h>

#include <algorithm>

namespace gantry::lftp {

namespace {

enum class ParameterId : std::uint64_t {
    versions = 0,
    protections = 1,
    idle_timeout = 2,
    max_datagram = 3,
    max_data = 4,
    max_stream_data = 5,
    max_streams = 6,
    max_ack_delay = 7,
    min_ack_delay = 8,
};

constexpr Duration kLongestAckDelay = std::chrono::seconds(1);

void write_head(ByteWriter& writer, ParameterId id, std::size_t size) {
    write_varint(writer, static_cast<std::uint64_t>(id));
    write_varint(writer, size);
}

void write_number(ByteWriter& writer, ParameterId id, std::uint64_t value) {
    write_head(writer, id, varint_size(value));
    write_varint(writer, value);
}

void write_time(ByteWriter& writer, ParameterId id, Duration value) {
    write_head(writer, id, micros_size(value));
    write_micros(writer, value);
}

void write_parameters(ByteWriter& writer, const TransportParameters& p) {
    write_head(writer, ParameterId::versions, 4 * (1 + p.versions.size()));
    writer.u32(p.version.value());
    for (const auto version : p.versions) writer.u32(version.value());
    write_head(writer, ParameterId::protections, p.protections.size());
    for (const auto one : p.protections) writer.u8(static_cast<std::uint8_t>(one));
    write_time(writer, ParameterId::idle_timeout, p.idle_timeout);
    write_number(writer, ParameterId::max_datagram, p.max_datagram);
    write_number(writer, ParameterId::max_data, p.max_data);
    write_number(writer, ParameterId::max_stream_data, p.max_stream_data);
    write_number(writer, ParameterId::max_streams, p.max_streams);
    write_time(writer, ParameterId::max_ack_delay, p.max_ack_delay);
    write_time(writer, ParameterId::min_ack_delay, p.min_ack_delay);
}

void read_versions(PacketReader& value, TransportParameters& p) {
    p.version = Version(value.u32());
    while (!value.done() && p.versions.size() <= limits::kMaxVersions)
        p.versions.push_back(Version(value.u32()));
}

void read_protections(PacketReader& value, TransportParameters& p) {
    while (!value.done() && p.protections.size() <= limits::kMaxProtections)
        p.protections.push_back(static_cast<Protection>(value.u8()));
}

// Leaves bytes in `value` when it is longer than it should be. Unknown ones are read to the end.
void read_parameter(PacketReader& value, ParameterId id, TransportParameters& p) {
    switch (id) {
        case ParameterId::versions:
            return read_versions(value, p);
        case ParameterId::protections:
            return read_protections(value, p);
        case ParameterId::idle_timeout:
            return void(p.idle_timeout = value.micros());
        case ParameterId::max_datagram:
            return void(p.max_datagram = value.varint());
        case ParameterId::max_data:
            return void(p.max_data = value.varint());
        case ParameterId::max_stream_data:
            return void(p.max_stream_data = value.varint());
        case ParameterId::max_streams:
            return void(p.max_streams = value.varint());
        case ParameterId::max_ack_delay:
            return void(p.max_ack_delay = value.micros());
        case ParameterId::min_ack_delay:
            return void(p.min_ack_delay = value.micros());
    }
    (void)value.rest();
}

// Whether an id was seen before; those that are known fit into the bits of a number.
bool seen_before(std::uint64_t& seen, std::uint64_t id) {
    if (id >= 64) return false;
    const std::uint64_t bit = std::uint64_t{1} << id;
    const bool before = (seen & bit) != 0;
    seen |= bit;
    return before;
}

bool make_sense(const TransportParameters& p) {
    return !p.versions.empty() && p.versions.size() <= limits::kMaxVersions &&
           !p.protections.empty() && p.protections.size() <= limits::kMaxProtections &&
           p.max_datagram >= limits::kMinDatagram && p.max_ack_delay <= kLongestAckDelay &&
           p.min_ack_delay <= p.max_ack_delay;
}

}  // namespace

std::vector<std::byte> TransportParameters::encode() const {
    std::vector<std::byte> out(2 + limits::kMaxParameters);
    ByteWriter writer(ByteSpan(out).subspan(2));
    write_parameters(writer, *this);
    ByteWriter(out).u16(static_cast<std::uint16_t>(writer.size()));
    out.resize(2 + writer.size());
    return out;
}

Result<TransportParameters> TransportParameters::decode(ByteView parameters) {
    if (parameters.size() > limits::kMaxParameters) return wire_error("too many parameters");
    PacketReader reader(parameters);
    TransportParameters out;
    std::uint64_t seen = 0;
    while (!reader.done()) {
        const std::uint64_t id = reader.varint();
        PacketReader value(reader.bytes(reader.varint()));
        if (seen_before(seen, id)) return wire_error("a parameter stands twice");
        read_parameter(value, static_cast<ParameterId>(id), out);
        if (value.failed() || !value.done()) return wire_error("a parameter of a wrong size");
    }
    if (reader.failed()) return wire_error("the parameters are cut short");
    out.max_datagram = std::min<std::uint64_t>(out.max_datagram, limits::kMaxDatagram);
    if (!make_sense(out)) return wire_error("a parameter is missing or makes no sense");
    return out;
}

}  // namespace gantry::lftp
