#pragma once

#include <arpa/inet.h>
#include <gantry/net/endpoint.h>
#include <netinet/in.h>
#include <support/descriptor.h>

#include <vector>

namespace gantry::testing {

// A TCP port of loopback that is taken but not listened to: connections are refused.
class BoundSocket {
  public:
    BoundSocket() : socket_(open()) {
        sockaddr_in address = loopback();
        socklen_t size = sizeof address;
        auto* any = reinterpret_cast<sockaddr*>(&address);
        if (::bind(socket_.get(), any, size) != 0 || ::getsockname(socket_.get(), any, &size) != 0)
            throw std::runtime_error("no port to be had");
        port_ = ntohs(address.sin_port);
    }
    Endpoint endpoint() const { return *Endpoint::parse("127.0.0.1:" + std::to_string(port_)); }
    int get() const { return socket_.get(); }

    static int open() { return ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0); }
    static sockaddr_in loopback(std::uint16_t port = 0) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        return address;
    }

  private:
    Descriptor socket_;
    std::uint16_t port_ = 0;
};

// A port whose backlog is full: the system drops what comes, and no answer is ever given.
class SilentListener {
  public:
    SilentListener() {
        if (::listen(bound_.get(), 0) != 0) throw std::runtime_error("cannot listen");
        const sockaddr_in address = BoundSocket::loopback(bound_.endpoint().port);
        for (int i = 0; i < 4; ++i) {
            fillers_.emplace_back(BoundSocket::open());
            (void)::connect(fillers_.back().get(), reinterpret_cast<const sockaddr*>(&address),
                            sizeof address);
        }
    }
    Endpoint endpoint() const { return bound_.endpoint(); }

  private:
    BoundSocket bound_;
    std::vector<Descriptor> fillers_;
};

}  // namespace gantry::testing
