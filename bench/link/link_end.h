#pragma once

#include <gantry/core/result.h>

#include <cstddef>
#include <memory>
#include <string>

namespace gantry::bench {

// One side of the link: a network namespace of its own with one TUN device in it. Both go with
// this object.
class LinkEnd {
  public:
    struct Options {
        std::string name;     // of the namespace
        std::string address;  // IPv4, of a network of 24 bits
        std::size_t mtu = 1500;
    };
    // Needs root. A namespace that already has that name is refused.
    static Result<std::unique_ptr<LinkEnd>> make(const Options& options);
    LinkEnd(const LinkEnd&) = delete;
    LinkEnd& operator=(const LinkEnd&) = delete;
    ~LinkEnd();

    // Non-blocking. A read takes the next packet that a program of this side sent, a write hands it
    // one; each is a whole IP packet.
    int descriptor() const noexcept { return descriptor_; }
    const Options& options() const noexcept { return options_; }

  private:
    explicit LinkEnd(const Options& options) : options_(options) {}
    Result<void> open_device();

    Options options_;
    int descriptor_ = -1;
};

}  // namespace gantry::bench
