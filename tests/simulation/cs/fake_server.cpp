#include "fake_server.h"

#include <cppunit/TestAssert.h>

#include <array>

namespace gantry::cs::testing {

FakeServer::FakeServer(CsWorld& world, Bytes script, After after)
    : script_(std::move(script)), after_(after) {
    auto listener = world.server_connector.listen(
        world.server_loop, {world.network.address("server"), 0}, {},
        [this](std::unique_ptr<Stream> stream) { accept(std::move(stream)); });
    CPPUNIT_ASSERT(listener);
    listener_ = std::move(*listener);
    world.address = listener_->local();
}

void FakeServer::accept(std::unique_ptr<Stream> stream) {
    clients_.push_back(std::make_unique<Client>());
    auto* client = clients_.back().get();
    client->stream = std::move(stream);
    client->stream->set_callbacks({[this, client] {
                                       std::array<std::byte, 4096> buffer;
                                       (void)client->stream->read(buffer);
                                       if (!std::exchange(client->said, true)) send(*client);
                                   },
                                   [this, client] { send(*client); },
                                   {}});
    client->stream->set_interest(Interest::read);
}

void FakeServer::send(Client& client) {
    while (client.sent < script_.size()) {
        const auto rest = ByteView(script_).subspan(client.sent);
        auto count = client.stream->write(std::span(&rest, 1));
        if (!count) return;
        if (*count == 0) return client.stream->set_interest(Interest::both);
        client.sent += *count;
    }
    client.stream->set_interest(Interest::read);
    if (after_ == After::close) (void)client.stream->finish_writing();
}

}  // namespace gantry::cs::testing
