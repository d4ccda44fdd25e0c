#pragma once

#include <cs/wire/action_messages.h>
#include <cs/wire/hash_messages.h>
#include <cs/wire/listing_messages.h>
#include <cs/wire/put_request.h>

#include <deque>
#include <optional>
#include <variant>

namespace gantry::cs {

struct EchoRequest {
    Bytes body;
    bool operator==(const EchoRequest&) const = default;
};

// A request whose turn has not come. One that could not be read holds what to answer it.
struct PendingRequest {
    RequestId id;
    ServiceId service = ServiceId::file;
    std::variant<FileRequest, ListingRequest, HashRequest, PutRequest, EchoRequest, ActionRequest,
                 Error>
        what;
};

// The requests of one connection that wait for their turn, in the order they came, within
// limits::kMaxPendingRequests and kMaxPendingBytes.
class RequestQueue {
  public:
    // Takes the body of a request frame. An Error means the connection has failed: protocol for an
    // id that is 0 or not above all before it, limit for one request too many.
    Result<void> add(const FrameHeader& header, ByteView body);
    std::optional<PendingRequest> pop();
    bool empty() const noexcept { return waiting_.empty(); }
    void clear();

  private:
    struct Waiting {
        PendingRequest request;
        std::size_t bytes = 0;
    };
    std::deque<Waiting> waiting_;
    std::size_t bytes_ = 0;
    RequestId last_{0};
};

}  // namespace gantry::cs
