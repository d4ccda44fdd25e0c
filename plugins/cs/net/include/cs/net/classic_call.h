#pragma once

#include <cs/core/classic_client.h>
#include <cs/net/answer_handler.h>
#include <gantry/net/transport.h>

#include <memory>
#include <optional>

namespace gantry::cs {

// One request of the classic wire on its own connection. The answer is told as that to a file
// request: began, bytes, ended. Loop thread only.
class ClassicCall : public std::enable_shared_from_this<ClassicCall> {
  public:
    // It has ended, and whether that is because the server could not be reached. This comes before
    // the handler is told of the end.
    using Over = Callback<ClassicCall&, bool>;
    // `cipher` and `loop` outlive it.
    ClassicCall(EventLoop& loop, BlockTransform& cipher, const ClassicRequest& request,
                std::shared_ptr<AnswerHandler> handler, Over over);

    // A request that the wire cannot carry ends at once.
    void start(Transport& transport, const HostPort& server);
    // Nothing more is told to anybody.
    void abandon();

  private:
    void connected(Result<std::unique_ptr<Stream>> stream);
    void on_readable();
    bool read_once();
    bool find_room();
    void take_events();
    void tell_bytes(std::size_t from);
    void pump();
    Result<bool> flush();
    void lose(Error error);
    void end(std::optional<Error> error);
    void watch(bool blocked);
    void arm_timer();

    EventLoop& loop_;
    ClassicClient core_;
    std::shared_ptr<AnswerHandler> handler_;  // null: it is over
    Over over_;
    Registration connecting_;
    std::string server_;  // for errors
    std::unique_ptr<Stream> stream_;
    std::unique_ptr<Timer> timer_;
    ReceiveBuffers buffers_;
    ReceiveBuffer filling_;  // the block that bytes are put in, from filled_ on
    std::size_t filled_ = 0;
    std::uint64_t offset_ = 0;  // of what was told
    Interest interest_ = Interest::none;
    bool unreachable_ = false;
    bool began_ = false;
    bool starved_ = false;  // no block to put bytes in
    Bytes unsent_;
    std::size_t unsent_from_ = 0;
};

}  // namespace gantry::cs
