#pragma once

#include <Poco/Net/Socket.h>
#include <gantry/core/result.h>

#include <string>

namespace gantry::host {

// A socket's descriptor, in the hands of POCO's reference-counted SocketImpl, which closes it.
// Non-blocking and closed on exec from the start.
class OwnedSocket : public Poco::Net::Socket {
  public:
    // Takes over an open descriptor.
    explicit OwnedSocket(int fd);
    static Result<OwnedSocket> open(int family, int type);

    int fd() const { return static_cast<int>(impl()->sockfd()); }
    Result<void> set(int level, int option, int value);
    Result<void> set(int level, int option, const std::string& value);
    // The error that the system holds for it, cleared by asking; 0 for none.
    int take_error() const;
};

}  // namespace gantry::host
