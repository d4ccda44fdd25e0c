#pragma once

#include <cppunit/extensions/HelperMacros.h>
#include <gantry/core/units.h>
#include <gantry/net/connector.h>
#include <support/conformance/harness.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace gantry::testing::conformance {

// What the suites of the network share: a harness, and connections made through it.
template <class Harness>
class NetSuite : public CppUnit::TestFixture {
  protected:
    static constexpr Duration kLimit = std::chrono::seconds(60);

    Harness harness_;

    EventLoop& loop() { return harness_.loop(); }
    Connector& connector() { return harness_.connector(); }
    void run_until(const std::function<bool()>& done) {
        CPPUNIT_ASSERT_MESSAGE("in time", harness_.run_until(done, kLimit));
    }
    // Gives whatever is on its way the time to come.
    void settle() {
        bool over = false;
        auto timer = loop().make_timer([&] { over = true; });
        timer->arm(loop().now() + harness_.settle_time());
        run_until([&] { return over; });
    }
    template <class T>
    static T take(Result<T> result) {
        if (!result) CPPUNIT_FAIL(describe(result.error()));
        return std::move(result).value();
    }
    static void expect(ErrorCode code, const Error& error) {
        CPPUNIT_ASSERT_EQUAL_MESSAGE(describe(error), std::string(error_name(code)),
                                     std::string(error_name(error.code)));
    }

    std::unique_ptr<Listener> listen(AcceptCallback accepted) {
        return take(connector().listen(loop(), harness_.any_port(), {}, std::move(accepted)));
    }
    Result<std::unique_ptr<Stream>> try_connect(const HostPort& to, ConnectOptions options = {}) {
        return try_connect(connector(), to, options);
    }
    Result<std::unique_ptr<Stream>> try_connect(Connector& by, const HostPort& to,
                                                ConnectOptions options = {}) {
        std::optional<Result<std::unique_ptr<Stream>>> outcome;
        const Registration pending =
            by.connect(loop(), to, options,
                       [&](Result<std::unique_ptr<Stream>> r) { outcome = std::move(r); });
        run_until([&] { return outcome.has_value(); });
        return std::move(*outcome);
    }
    static HostPort host_port(const Endpoint& endpoint) {
        return {endpoint.address.to_string(), endpoint.port};
    }
    std::unique_ptr<Stream> connect(const Endpoint& to) { return take(try_connect(host_port(to))); }
};

// A stream with what came of it: everything it tells is written down.
class WatchedStream {
  public:
    explicit WatchedStream(std::unique_ptr<Stream> made) : stream(std::move(made)) {
        stream->set_callbacks({.readable =
                                   [this] {
                                       ++readable;
                                       read_all();
                                   },
                               .writable =
                                   [this] {
                                       ++writable;
                                       if (on_writable) on_writable();
                                   },
                               .closed =
                                   [this](Error e) {
                                       ++closed;
                                       error = std::move(e);
                                   }});
    }
    // Reads on until there is nothing now; at the end, wants no more.
    void read_all() {
        std::vector<std::byte> buffer(64 * 1024);
        while (!ended && !hold) {
            auto got = stream->read(buffer);
            if (!got || (got->bytes == 0 && !got->end)) return;
            ended = got->end;
            received += got->bytes;
            if (keep) text += as_text(ByteView(buffer).first(got->bytes));
            if (on_bytes) on_bytes(ByteView(buffer).first(got->bytes));
        }
        if (ended) stream->set_interest(Interest::none);
    }
    void write(std::string_view bytes) {
        const ByteView view = as_bytes(bytes);
        const auto wrote = stream->write(std::span(&view, 1));
        CPPUNIT_ASSERT(wrote.ok());
        CPPUNIT_ASSERT_EQUAL(bytes.size(), *wrote);
    }

    std::unique_ptr<Stream> stream;
    std::string text;
    std::size_t received = 0;
    bool keep = true;   // the bytes in `text`
    bool hold = false;  // reads nothing
    bool ended = false;
    int readable = 0;
    int writable = 0;
    int closed = 0;
    Error error;
    std::function<void()> on_writable;
    std::function<void(ByteView)> on_bytes;
};

// Two ends of one connection.
template <class Harness>
class PairSuite : public NetSuite<Harness> {
  public:
    void setUp() override {
        auto listener = this->listen(
            [this](std::unique_ptr<Stream> stream) { server_.emplace(std::move(stream)); });
        client_.emplace(this->connect(listener->local()));
        this->run_until([&] { return server_.has_value(); });
    }

  protected:
    Stream& client() { return *client_->stream; }
    Stream& server() { return *server_->stream; }

    std::optional<WatchedStream> client_;
    std::optional<WatchedStream> server_;
};

// The byte at a place of an endless sequence that no shift maps to itself for 2^20 bytes.
inline std::byte pattern_at(std::size_t place) {
    const std::uint64_t mixed = (place / 8 + 1) * 0x9E3779B97F4A7C15ULL;
    return static_cast<std::byte>(mixed >> (8 * (place % 8)));
}
inline std::string pattern(std::size_t from, std::size_t count) {
    std::string text(count, '\0');
    for (std::size_t i = 0; i < count; ++i) text[i] = static_cast<char>(pattern_at(from + i));
    return text;
}

}  // namespace gantry::testing::conformance
