#pragma once

#include <cs/net/answer_handler.h>

#include <memory>
#include <variant>

namespace gantry::cs {

// A way to ask one server, whichever wire it speaks. Loop thread only.
class RequestChannel {
  public:
    using Request = std::variant<FileRequest, ListingRequest, HashRequest, ActionRequest,
                                 Bytes>;  // Bytes: an echo

    virtual ~RequestChannel() = default;
    // Asks, and tells `handler` of the answer. A channel that has failed tells it in a later turn.
    virtual void ask(Request request, std::shared_ptr<AnswerHandler> handler) = 0;
    // Nothing more is told to this handler.
    virtual void forget(const AnswerHandler& handler) = 0;
    // Whether further requests can succeed.
    virtual bool usable() const noexcept = 0;
};

}  // namespace gantry::cs
