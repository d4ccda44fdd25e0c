#pragma once

#include <cs/net/answer_handler.h>
#include <gantry/net/transport.h>

#include <deque>
#include <map>
#include <memory>
#include <set>
#include <variant>

namespace gantry::cs {

// A client's connection to one server, with any number of requests on it: those beyond the
// protocol's limit wait here. Loop thread only.
class ClientChannel : public std::enable_shared_from_this<ClientChannel> {
  public:
    using Connected = Callback<Result<std::shared_ptr<ClientChannel>>>;
    using Request = std::variant<FileRequest, ListingRequest, HashRequest, ActionRequest,
                                 Bytes>;  // Bytes: an echo

    // Connects; `done` comes once in a later turn, unless the Registration is dropped. Errors:
    // those of Connector, with the address as context.
    static Registration connect(Transport& transport, EventLoop& loop, const HostPort& to,
                                Connected done);
    ClientChannel(EventLoop& loop, std::unique_ptr<Stream> stream);
    ~ClientChannel();

    // Asks, and tells `handler` of the answer. A channel that has failed tells it in a later turn.
    void ask(Request request, std::shared_ptr<AnswerHandler> handler);
    // Nothing more is told to this handler. What still comes for it is read and dropped.
    void forget(const AnswerHandler& handler);
    bool usable() const noexcept { return !failure_.has_value(); }
    std::size_t open_requests() const noexcept { return handlers_.size() + waiting_.size(); }

  private:
    struct Waiting {
        Request request;
        std::shared_ptr<AnswerHandler> handler;
    };
    void start();
    void ask_waiting();
    void pump();
    void on_readable();
    bool read_once();
    void on_end();
    void take_events(const ReceiveBuffer& buffer);
    void tell(ClientEvent event, const ReceiveBuffer& buffer);
    std::shared_ptr<AnswerHandler> find(RequestId id);
    std::shared_ptr<AnswerHandler> finish(RequestId id);
    void settle();
    Result<bool> flush();
    void lose(Error error);
    void fail_all(Error error);
    void watch(bool blocked);
    void arm_timer();

    EventLoop& loop_;
    std::unique_ptr<Stream> stream_;
    ClientConnection core_;
    ReceiveBuffers buffers_;
    std::unique_ptr<Timer> timer_;
    std::optional<TimePoint> armed_;
    std::map<RequestId, std::shared_ptr<AnswerHandler>> handlers_;
    std::deque<Waiting> waiting_;
    std::vector<std::shared_ptr<AnswerHandler>> touched_;  // to be told settled()
    ReceiveBuffer filling_;  // the block that is read into, from filled_ on
    std::size_t filled_ = 0;
    Bytes unsent_;
    std::size_t unsent_from_ = 0;
    Interest interest_ = Interest::none;
    bool starved_ = false;  // no block to read into
    bool pumping_ = false;
    std::optional<Error> failure_;
};

}  // namespace gantry::cs
