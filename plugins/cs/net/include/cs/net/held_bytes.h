#pragma once

#include <cs/net/receive_buffers.h>
#include <cs/wire/frame_header.h>

#include <map>

namespace gantry::cs {

// Notices when nobody needs bytes from the network any more. hold() belongs to the loop; what it
// answers may be dropped on any thread.
class HeldBytes {
  public:
    using Counts = std::map<RequestId, std::uint64_t>;
    // `released` is called on `loop`, with all that was dropped since the last time.
    HeldBytes(EventLoop& loop, Callback<const Counts&> released);
    ~HeldBytes();
    // The block `buffer`, held for the sake of `bytes` bytes of a request.
    ReceiveBuffer hold(const ReceiveBuffer& buffer, RequestId id, std::size_t bytes);

  private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace gantry::cs
