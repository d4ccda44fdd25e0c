#include "fake_server.h"

#include <cppunit/TestAssert.h>

#include <array>

namespace gantry::cs::testing {

FakeServer::FakeServer(CsWorld& world, Scripts scripts, After after)
    : scripts_(std::move(scripts)), after_(after) {
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
    client->stream->set_callbacks(
        {[this, client] { heard(*client); }, [this, client] { send(*client); }, {}});
    client->stream->set_interest(Interest::read);
}

void FakeServer::heard(Client& client) {
    std::array<std::byte, 4096> buffer;
    const auto read = client.stream->read(buffer);
    if (!read || read->bytes == 0) return;
    client.decoder.feed(ByteView(buffer).first(read->bytes));
    for (auto piece = client.decoder.next(); piece && *piece; piece = client.decoder.next())
        if ((*piece)->header.type == FrameType::request) say_next(client);
    if (!client.decoder.next() && client.next == 0) say_next(client);  // it is some other wire
}

void FakeServer::say_next(Client& client) {
    if (client.next == scripts_.size()) return;
    client.to_send = client.to_send + scripts_[client.next++];
    send(client);
}

void FakeServer::send(Client& client) {
    while (client.sent < client.to_send.size()) {
        const auto rest = ByteView(client.to_send).subspan(client.sent);
        auto count = client.stream->write(std::span(&rest, 1));
        if (!count) return;
        if (*count == 0) return client.stream->set_interest(Interest::both);
        client.sent += *count;
    }
    client.stream->set_interest(Interest::read);
    const bool over = after_ == After::close && client.next == scripts_.size();
    if (over) (void)client.stream->finish_writing();
}

}  // namespace gantry::cs::testing
