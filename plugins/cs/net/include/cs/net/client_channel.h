#pragma once

#include <cs/net/held_bytes.h>
#include <cs/net/request_channel.h>
#include <gantry/net/transport.h>

#include <deque>
#include <map>
#include <memory>
#include <set>

namespace gantry::cs {

// A client's cs1 connection to one server, with any number of requests on it: those beyond the
// protocol's limit wait here. Asks for streams, and works without. Loop thread only.
class ClientChannel final : public RequestChannel,
                            public std::enable_shared_from_this<ClientChannel> {
  public:
    using Connected = Callback<Result<std::shared_ptr<ClientChannel>>>;

    // Connects; `done` comes once in a later turn, unless the Registration is dropped. Errors:
    // those of Connector, with the address as context.
    static Registration connect(Transport& transport, EventLoop& loop, const HostPort& to,
                                Connected done);
    ClientChannel(EventLoop& loop, std::unique_ptr<Stream> stream);
    ~ClientChannel() override;

    void ask(Request request, std::shared_ptr<AnswerHandler> handler) override;
    // What still comes for it is read and dropped.
    void forget(const AnswerHandler& handler) override;
    void ready_to_send(const AnswerHandler& handler) override;
    void send_upload(const AnswerHandler& handler, ByteView bytes) override;
    void end_upload(const AnswerHandler& handler, const FileEnd& end) override;
    bool usable() const noexcept override { return !failure_.has_value(); }
    void limit_rate(std::shared_ptr<RateLimit> limit) override { stream_.limit(std::move(limit)); }
    std::size_t open_requests() const noexcept { return handlers_.size() + waiting_.size(); }

  private:
    struct Waiting {
        Request request;
        std::shared_ptr<AnswerHandler> handler;
        bool ready = false;  // to send
    };
    void start();
    void ask_waiting();
    void pump();
    void on_readable();
    void pump_soon();
    bool read_once();
    void on_end();
    void take_events(const ReceiveBuffer& buffer);
    void tell(ClientEvent event, const ReceiveBuffer& buffer);
    bool take_uploads();
    std::optional<RequestId> id_of(const AnswerHandler& handler) const;
    std::shared_ptr<AnswerHandler> find(RequestId id);
    std::shared_ptr<AnswerHandler> finish(RequestId id);
    void settle();
    Result<bool> flush();
    void lose(Error error);
    void fail_all(Error error);
    void watch(bool blocked);
    void arm_timer();

    EventLoop& loop_;
    PacedStream stream_;
    ClientConnection core_;
    ReceiveBuffers buffers_;
    HeldBytes held_;
    std::unique_ptr<Timer> timer_;
    std::optional<TimePoint> armed_;
    std::map<RequestId, std::shared_ptr<AnswerHandler>> handlers_;
    std::set<RequestId> ready_;  // uploads with bytes to send
    std::deque<Waiting> waiting_;
    std::vector<std::shared_ptr<AnswerHandler>> touched_;  // to be told settled()
    ReceiveBuffer filling_;  // the block that is read into, from filled_ on
    std::size_t filled_ = 0;
    Bytes unsent_;
    std::size_t unsent_from_ = 0;
    Interest interest_ = Interest::none;
    bool pump_comes_ = false;
    bool starved_ = false;  // no block to read into
    bool pumping_ = false;
    std::optional<Error> failure_;
};

}  // namespace gantry::cs
