#include <benchmark/benchmark.h>
#include <host/system/asio_loop.h>
#include <host/system/system_connector.h>

#include <array>
#include <memory>
#include <vector>

using namespace gantry;

namespace {

// Both ends of one connection on one loop.
struct Pair {
    Pair() {
        auto listener =
            connector.listen(loop, *Endpoint::parse("127.0.0.1:0"), {},
                             [this](std::unique_ptr<Stream> s) { server = std::move(s); });
        const Endpoint at = (*listener)->local();
        const Registration pending = connector.connect(
            loop, {at.address.to_string(), at.port}, {},
            [this](Result<std::unique_ptr<Stream>> s) { client = std::move(*s); });
        while (!client || !server) loop.run_once(std::chrono::seconds(1));
    }

    host::AsioLoop loop;
    host::SystemConnector connector;
    std::unique_ptr<Stream> client;
    std::unique_ptr<Stream> server;
};

void write_all(Stream& to, ByteView bytes) { (void)to.write(std::span(&bytes, 1)); }

void stream_echo_round_trip(benchmark::State& state) {
    Pair pair;
    std::array<std::byte, 64> message{};
    std::array<std::byte, 64> at_server{};
    std::array<std::byte, 64> at_client{};
    bool answered = false;
    pair.server->set_callbacks({.readable =
                                    [&] {
                                        const auto got = pair.server->read(at_server);
                                        write_all(*pair.server,
                                                  ByteView(at_server).first(got->bytes));
                                    },
                                .writable = {},
                                .closed = {}});
    pair.client->set_callbacks(
        {.readable = [&] { answered = pair.client->read(at_client)->bytes > 0; },
         .writable = {},
         .closed = {}});
    pair.server->set_interest(Interest::read);
    pair.client->set_interest(Interest::read);
    for (auto _ : state) {
        answered = false;
        write_all(*pair.client, message);
        while (!answered) pair.loop.run_once(std::chrono::seconds(1));
    }
}
BENCHMARK(stream_echo_round_trip);

void stream_bulk(benchmark::State& state) {
    Pair pair;
    std::vector<std::byte> out(256 * 1024);
    std::vector<std::byte> in(256 * 1024);
    std::size_t received = 0;
    pair.server->set_callbacks({.readable = [&] { received += pair.server->read(in)->bytes; },
                                .writable = {},
                                .closed = {}});
    pair.client->set_callbacks(
        {.readable = {}, .writable = [&] { write_all(*pair.client, out); }, .closed = {}});
    pair.server->set_interest(Interest::read);
    pair.client->set_interest(Interest::write);
    for (auto _ : state) {
        received = 0;
        while (received < 64 * out.size()) pair.loop.run_once(std::chrono::seconds(1));
    }
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(64 * out.size()));
}
BENCHMARK(stream_bulk)->Unit(benchmark::kMillisecond);

}  // namespace
