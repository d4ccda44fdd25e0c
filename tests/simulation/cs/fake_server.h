#pragma once

#include "cs_world.h"

namespace gantry::cs::testing {

// A server that says what the test tells it to: a script for each request of a client, and after
// the last of them it ends the connection or goes on in silence.
class FakeServer {
  public:
    enum class After : std::uint8_t { hold, close };
    using Scripts = std::vector<Bytes>;
    FakeServer(CsWorld& world, Scripts scripts, After after);
    FakeServer(CsWorld& world, Bytes script, After after)
        : FakeServer(world, Scripts{std::move(script)}, after) {}

  private:
    struct Client {
        std::unique_ptr<Stream> stream;
        FrameDecoder decoder{Role::server};
        Bytes to_send;
        std::size_t sent = 0;
        std::size_t next = 0;  // script
    };
    void accept(std::unique_ptr<Stream> stream);
    void heard(Client& client);
    void say_next(Client& client);
    void send(Client& client);

    Scripts scripts_;
    After after_;
    std::unique_ptr<Listener> listener_;
    std::vector<std::unique_ptr<Client>> clients_;
};

inline Bytes bytes_of(std::string_view text) {
    const auto view = as_bytes(text);
    return Bytes(view.begin(), view.end());
}

inline Bytes operator+(Bytes a, const Bytes& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

inline Bytes file_frame(FrameType type, std::uint32_t id, const Bytes& body) {
    return make_frame(type, ServiceId::file, RequestId(id), body);
}

}  // namespace gantry::cs::testing
