#pragma once

#include <cs/wire/action_messages.h>
#include <cs/wire/hash_messages.h>
#include <cs/wire/listing_messages.h>
#include <cs/wire/put_request.h>
#include <cs/wire/sealed_messages.h>
#include <cs/wire/watch_request.h>

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
    std::variant<FileRequest, SealedAsk, ListingRequest, HashRequest, PutRequest, EchoRequest,
                 ActionRequest, WatchRequest, Error>
        what;
    std::uint64_t credit = 0;  // that the client gave its answer meanwhile
};

// The requests of one connection that wait for their turn, in the order they came, within
// limits::kMaxPendingRequests and kMaxPendingBytes.
class RequestQueue {
  public:
    // Takes the body of a request frame. An Error means the connection has failed: protocol for an
    // id that is 0 or not above all before it, limit for one request too many.
    Result<void> add(const FrameHeader& header, ByteView body);
    std::optional<PendingRequest> pop();
    std::optional<PendingRequest> pop_echo();  // the first one, past what else waits
    std::optional<PendingRequest> remove(RequestId id);
    void add_credit(RequestId id, std::uint64_t limit);
    RequestId last() const noexcept { return last_; }  // the highest that came
    bool empty() const noexcept { return waiting_.empty(); }
    void clear();

  private:
    struct Waiting {
        PendingRequest request;
        std::size_t bytes = 0;
    };
    std::optional<PendingRequest> take(std::deque<Waiting>::iterator from);
    std::deque<Waiting> waiting_;
    std::size_t bytes_ = 0;
    RequestId last_{0};
};

}  // namespace gantry::cs
