#pragma once

#include <lftp/core/packet_builder.h>
#include <lftp/wire/frame_reader.h>

#include <array>
#include <string>

namespace gantry::lftp {

// A packet that is being built, and its frames as text: "stream 0 5+3." (offset, length, end),
// "credit 10 0 700" (type, stream, limit), "reset 4 9 100", "stop 4 9".
class PacketProbe {
  public:
    explicit PacketProbe(std::size_t size = 1200) : builder_(ByteSpan(bytes_).first(size), 0) {}
    PacketProbe(const PacketProbe&) = delete;

    PacketBuilder& builder() { return builder_; }
    SentPacket& record() { return builder_.record(); }
    std::string frames() {
        FrameReader reader(builder_.writer().written(), PacketSpace::data);
        std::string out;
        while (const auto frame = reader.next().value())
            out += std::visit([](const auto& f) { return shown(f); }, *frame) + '\n';
        return out;
    }

  private:
    static std::string number(std::uint64_t n) { return std::to_string(n); }
    static std::string shown(const StreamFrame& f) {
        return "stream " + number(f.stream.value()) + ' ' + number(f.offset) + '+' +
               number(f.bytes.size()) + (f.fin ? "." : "");
    }
    static std::string shown(const CreditFrame& f) {
        return "credit " + number(static_cast<unsigned>(f.type)) + ' ' + number(f.stream.value()) +
               ' ' + number(f.limit);
    }
    static std::string shown(const ResetStreamFrame& f) {
        return "reset " + number(f.stream.value()) + ' ' + number(f.code) + ' ' +
               number(f.final_size);
    }
    static std::string shown(const StopSendingFrame& f) {
        return "stop " + number(f.stream.value()) + ' ' + number(f.code);
    }
    static std::string shown(const CryptoFrame& f) {
        return "crypto " + number(f.offset) + '+' + number(f.bytes.size());
    }
    template <class F>
    static std::string shown(const F&) {
        return "other";
    }

    std::array<std::byte, 1500> bytes_{};
    PacketBuilder builder_;
};

}  // namespace gantry::lftp
