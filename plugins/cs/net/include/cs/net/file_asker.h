#pragma once

#include <cs/net/request_channel.h>
#include <gantry/core/random.h>

namespace gantry::cs {

// Asks for files as encrypted ones, with one key. Loop thread only.
class FileAsker {
  public:
    // `random` outlives it.
    FileAsker(std::shared_ptr<const SealKey> key, Random& random)
        : key_(std::move(key)), random_(random) {}
    Result<RequestChannel::Request> ask(FileRequest request) const;

  private:
    std::shared_ptr<const SealKey> key_;
    Random& random_;
};

}  // namespace gantry::cs
