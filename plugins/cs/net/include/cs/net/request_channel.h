#pragma once

#include <cs/net/answer_handler.h>
#include <cs/net/paced_stream.h>

#include <memory>
#include <variant>

namespace gantry::cs {

// A way to ask one server, whichever wire it speaks. Loop thread only.
class RequestChannel {
  public:
    using Request = std::variant<FileRequest, std::shared_ptr<SealedExchange>, ListingRequest,
                                 HashRequest, ActionRequest, WatchRequest, PutRequest,
                                 Bytes>;  // Bytes: an echo

    virtual ~RequestChannel() = default;
    // Asks, and tells `handler` of the answer. A channel that has failed tells it in a later turn.
    virtual void ask(Request request, std::shared_ptr<AnswerHandler> handler) = 0;
    // Nothing more is told to this handler.
    virtual void forget(const AnswerHandler& handler) = 0;
    // For the handler of a PutRequest: it has bytes to send, so its may_send() follows once, when
    // there is room for them; then it sends them, and after the last of them the file's end.
    virtual void ready_to_send(const AnswerHandler&) {}
    virtual void send_upload(const AnswerHandler&, ByteView) {}
    virtual void end_upload(const AnswerHandler&, const FileEnd&) {}
    // Holds all that it carries to a rate, from now on; null: to none.
    virtual void limit_rate(std::shared_ptr<RateLimit>) {}
    // Whether further requests can succeed.
    virtual bool usable() const noexcept = 0;
};

}  // namespace gantry::cs
