#pragma once

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>
#include <utility>

namespace gantry::testing {

// A descriptor and its one owner.
class Descriptor {
  public:
    Descriptor() = default;
    explicit Descriptor(int fd) : fd_(fd) {
        if (fd < 0) throw std::runtime_error("no descriptor to be had");
    }
    Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        if (this != &other) {
            reset();
            fd_ = std::exchange(other.fd_, -1);
        }
        return *this;
    }
    ~Descriptor() { reset(); }
    int get() const noexcept { return fd_; }
    void reset() noexcept {
        if (fd_ >= 0) ::close(std::exchange(fd_, -1));
    }

  private:
    int fd_ = -1;
};

// Two connected ends, both non-blocking. What is written to `second` comes out of `first`.
struct DescriptorPair {
    Descriptor first;
    Descriptor second;

    static DescriptorPair sockets() {
        int fds[2];
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, fds) != 0)
            throw std::runtime_error("no socket pair to be had");
        return {Descriptor(fds[0]), Descriptor(fds[1])};
    }
    // As sockets(), with `first` having this number, which must be free.
    static DescriptorPair sockets_at(int number) {
        DescriptorPair pair = sockets();
        if (pair.second.get() == number) std::swap(pair.first, pair.second);
        if (pair.first.get() != number) pair.first = Descriptor(::dup2(pair.first.get(), number));
        return pair;
    }
    static DescriptorPair pipe() {
        int fds[2];
        if (::pipe2(fds, O_NONBLOCK | O_CLOEXEC) != 0)
            throw std::runtime_error("no pipe to be had");
        return {Descriptor(fds[0]), Descriptor(fds[1])};
    }
};

}  // namespace gantry::testing
