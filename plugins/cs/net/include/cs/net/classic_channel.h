#pragma once

#include <cs/net/classic_call.h>
#include <cs/net/classic_cipher.h>
#include <cs/net/request_channel.h>

#include <deque>
#include <memory>
#include <vector>

namespace gantry::cs {

// Asks a classic server (docs/protocols/cs-classic.md): each request on a connection of its own,
// limits::kClassicConnections at a time. Files have no size and no check, a listing is a part of
// the catalogue, and there is no echo. Loop thread only.
class ClassicChannel final : public RequestChannel,
                             public std::enable_shared_from_this<ClassicChannel> {
  public:
    // `encrypt`: asks for files by service 1. `transport` and `loop` outlive it.
    ClassicChannel(Transport& transport, EventLoop& loop, HostPort server, bool encrypt);
    ~ClassicChannel() override;

    void ask(Request request, std::shared_ptr<AnswerHandler> handler) override;
    void forget(const AnswerHandler& handler) override;
    // False once the server could not be reached.
    bool usable() const noexcept override { return !unreachable_; }

  private:
    struct Item {
        const AnswerHandler* asker = nullptr;
        ClassicRequest request;
        std::shared_ptr<AnswerHandler> handler;
        std::shared_ptr<ClassicCall> call;  // once it runs
    };
    void start_waiting();
    void start(Item item);
    void remove(const ClassicCall& call);

    Transport& transport_;
    EventLoop& loop_;
    HostPort server_;
    ClassicService file_service_;
    ClassicCipher cipher_;
    std::uint16_t last_id_ = 0;
    std::deque<Item> waiting_;
    std::vector<Item> running_;
    bool unreachable_ = false;
};

}  // namespace gantry::cs
