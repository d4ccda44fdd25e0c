#pragma once

#include <cppunit/extensions/HelperMacros.h>
#include <gantry/testing/sim_connector.h>

#include <algorithm>
#include <memory>
#include <string>

// Two hosts on one network, "client" and "server", each with a loop.
struct SimPair {
    explicit SimPair(std::uint64_t seed = 1, gantry::testing::SimOptions options = {})
        : network(clock, seed, std::move(options)) {}

    // A stream from the client to a listener on the server; both ends are set afterwards.
    void connect() {
        using namespace gantry;
        listener = server
                       .listen(server_loop, {network.address("server"), 0}, {},
                               [this](std::unique_ptr<Stream> s) { accepted = std::move(s); })
                       .value();
        const auto port = listener->local().port;
        connecting = client.connect(client_loop, {"server", port}, {}, [this](auto result) {
            if (result)
                connected = std::move(*result);
            else
                error = result.error();
        });
        CPPUNIT_ASSERT(run([this] { return connected && accepted; }));
    }
    bool run(const std::function<bool()>& done, gantry::Duration limit = std::chrono::minutes(5)) {
        return clock.run_until(done, limit);
    }

    gantry::testing::VirtualClock clock;
    gantry::testing::SimNetwork network;
    gantry::testing::VirtualLoop client_loop{clock, "client"};
    gantry::testing::VirtualLoop server_loop{clock, "server"};
    gantry::testing::SimConnector client{network, "client"};
    gantry::testing::SimConnector server{network, "server"};
    std::unique_ptr<gantry::Listener> listener;
    gantry::Registration connecting;
    std::unique_ptr<gantry::Stream> connected;
    std::unique_ptr<gantry::Stream> accepted;
    std::optional<gantry::Error> error;
};

// Reads until the end, or the failure, and keeps what came.
struct Reader {
    void start(gantry::Stream& from) {
        stream = &from;
        from.set_callbacks({[this] { read(); },
                            {},
                            [this](gantry::Error e) {
                                failed = std::move(e);
                                ++failures;
                            }});
        from.set_interest(gantry::Interest::read);
    }
    void read() {
        std::byte buffer[4096];
        const auto got = stream->read(buffer);
        if (!got) return;
        if (got->end) {
            ended = true;
            stream->set_interest(gantry::Interest::none);
        }
        if (got->bytes > 0) ++reads;
        text += gantry::as_text(gantry::ByteView(buffer).first(got->bytes));
    }

    gantry::Stream* stream = nullptr;
    std::string text;
    int reads = 0;
    bool ended = false;
    std::optional<gantry::Error> failed;
    int failures = 0;
};

// Writes a text as there is room, then finishes writing.
struct Writer {
    void start(gantry::Stream& to, std::string what) {
        stream = &to;
        rest = std::move(what);
        to.set_callbacks({{}, [this] { write(); }, {}});
        to.set_interest(gantry::Interest::write);
    }
    void write() {
        const gantry::ByteView bytes = gantry::as_bytes(rest);
        const auto went = stream->write(std::span(&bytes, 1));
        if (!went) return;
        rest.erase(0, *went);
        if (!rest.empty()) return;
        stream->set_interest(gantry::Interest::none);
        (void)stream->finish_writing();
    }

    gantry::Stream* stream = nullptr;
    std::string rest;
};

inline std::string numbered_text(std::size_t size) {
    std::string text;
    text.reserve(size + 16);
    for (std::size_t i = 0; text.size() < size; ++i) text += std::to_string(i) + ' ';
    text.resize(size);
    return text;
}
