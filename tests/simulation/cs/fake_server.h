#pragma once

#include "cs_world.h"

namespace gantry::cs::testing {

// A server that says what the test tells it to: `script` once, as soon as a client has said
// something, and then ends the connection or goes on in silence.
class FakeServer {
  public:
    enum class After : std::uint8_t { hold, close };
    FakeServer(CsWorld& world, Bytes script, After after);

  private:
    struct Client {
        std::unique_ptr<Stream> stream;
        std::size_t sent = 0;
        bool said = false;  // the client has said something
    };
    void accept(std::unique_ptr<Stream> stream);
    void send(Client& client);

    Bytes script_;
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
