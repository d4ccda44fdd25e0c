#pragma once

#include "fake_controller.h"

#include <gantry/testing/link_model.h>
#include <gantry/testing/seeded_random.h>
#include <lftp/core/connection.h>

#include <functional>
#include <map>
#include <vector>

namespace gantry::lftp {

// A client and a server that are joined by two links, on virtual time and from a seed.
class ConnectionPair {
  public:
    struct Options {
        testing::LinkOptions forth;  // client to server
        testing::LinkOptions back;
        ConnectionSettings client;
        ConnectionSettings server;
        std::function<std::unique_ptr<CongestionController>()> controller = [] {
            return std::make_unique<FakeController>(64 * 1200, 2'000'000);
        };
        // For a side, where there is any.
        std::function<ConnectionSecurity(Side)> security = [](Side) {
            return ConnectionSecurity();
        };
        std::uint64_t seed = 1;
    };
    static Options options();

    explicit ConnectionPair(const Options& options);

    Connection& client() { return *ends_[0].connection; }
    Connection& server() { return *ends_[1].connection; }
    TimePoint now() const { return now_; }
    testing::LinkModel& link(Side from) { return ends_[static_cast<std::size_t>(from)].link; }
    // Datagrams that a side has sent, and their bytes.
    std::uint64_t sent(Side from) const { return ends_[static_cast<std::size_t>(from)].datagrams; }
    std::uint64_t sent_bytes(Side from) const {
        return ends_[static_cast<std::size_t>(from)].bytes;
    }

    // Where the client is. What the server sends elsewhere reaches nobody.
    Endpoint client_address;
    // Called for each datagram that a side sends, before the link takes it; false drops it.
    std::function<bool(Side, ByteView)> watch = [](Side, ByteView) { return true; };
    // How its mark arrives.
    std::function<EcnMark(EcnMark)> remark = [](EcnMark mark) { return mark; };
    // The same, to change its bytes.
    std::function<void(Side, ByteSpan)> change = [](Side, ByteSpan) {};
    // Sends what is to be sent, and goes on to what happens next. False when nothing will.
    bool step();
    // Until `done`, checked after each step, or `limit` of time has passed; whether it was done.
    bool run(const std::function<bool()>& done, Duration limit);
    void run_for(Duration time) {
        (void)run([] { return false; }, time);
    }
    // Until both sides are confirmed.
    bool confirm(Duration limit = std::chrono::seconds(1));
    // Takes the events of a side that have come.
    std::vector<ConnectionEvent> events(Side side);

  private:
    struct End {
        std::unique_ptr<Connection> connection;
        testing::LinkModel link;
        std::uint64_t datagrams = 0;
        std::uint64_t bytes = 0;
    };
    struct Flight {
        std::size_t to = 0;
        std::vector<std::byte> bytes;
        EcnMark mark = EcnMark::ect0;
        Endpoint from;
    };

    void transmit(std::size_t from);
    void pass(std::size_t from, ByteView datagram, const Transmit& train);
    void deliver();

    std::vector<End> ends_;
    std::multimap<TimePoint, Flight> flights_;
    testing::SeededRandom random_;
    testing::SeededRandom tokens_;  // of path challenges
    std::vector<std::byte> buffer_ = std::vector<std::byte>(64 * 1024);
    TimePoint now_{};
};

// One end writes a stream of known bytes, the other reads and compares them.
class TransferCheck {
  public:
    TransferCheck(Connection& writer, Connection& reader, StreamId id, std::uint64_t size,
                  std::uint64_t seed = 0)
        : writer_(writer), reader_(reader), id_(id), size_(size), seed_(seed) {}

    // Writes and reads what is possible now; whether all has come.
    bool pump(TimePoint now);
    std::uint64_t received() const { return received_; }

  private:
    std::byte at(std::uint64_t offset) const {
        return static_cast<std::byte>((offset * 2654435761U + seed_) >> 7U);
    }
    void make_piece();
    void write();
    void read(TimePoint now);

    Connection& writer_;
    Connection& reader_;
    StreamId id_;
    std::uint64_t size_;
    std::uint64_t seed_;
    std::vector<std::byte> piece_;  // that is to be written next
    std::vector<std::byte> into_ = std::vector<std::byte>(16'384);
    std::uint64_t written_ = 0;
    std::uint64_t received_ = 0;
    bool finished_ = false;
    bool ended_ = false;
};

}  // namespace gantry::lftp
