#pragma once

#include <cs/app/app_parts.h>
#include <cs/app/client_transport.h>
#include <cs/app/cs_session.h>
#include <cs/app/cs_url.h>
#include <cs/net/wire.h>

#include <memory>
#include <string>
#include <vector>

namespace gantry::cs {

// What the commands that ask a server have in common: a channel, cancellation, the end.
class ClientCommand : public Operation, public std::enable_shared_from_this<ClientCommand> {
  public:
    ClientCommand(AppParts& parts, std::unique_ptr<CommandCall> call);
    void start() final;
    void cancel() final;

  protected:
    using Channel = std::shared_ptr<RequestChannel>;
    // The command's own first step, and what it gives up when it is cancelled. After on_cancelled()
    // it must end by itself with finish().
    virtual void begin() = 0;
    virtual void on_cancelled() = 0;

    // The open session's channel, the last one to the same server, or a new one. Ends the command
    // when there is none to be had, and does not call back when it was cancelled. With --wire
    // classic it is one of that wire, which no session has; a command that says itself how to be
    // secured gets a channel of its own.
    void with_channel(const HostPort& server, Callback<Channel> use);
    // Up to `count` further connections to the server of with_channel(): those that could be had.
    // None beside a session's.
    void with_more_channels(const HostPort& server, std::size_t count,
                            Callback<std::vector<Channel>> use);
    // Writes `text` to the command's output on the pool, and then ends the command.
    void finish(std::string text, Value value);
    void fail(Error error);
    // An Error that has a result to go with it.
    void fail(Error error, std::string text, Value fields);
    bool is_cancelled() const noexcept { return cancelled_; }
    // Of a command with the options --wire and --encrypt: reads them, and says on standard error
    // when the wire is insecure. ErrorCode::usage when they do not go together.
    Result<void> choose_wire();
    Wire wire() const noexcept { return wire_; }

    AppParts& parts_;
    std::unique_ptr<CommandCall> call_;
    TimePoint started_;

  private:
    void write(std::string text, Task then);
    Result<void> choose_rate();
    Channel paced(Channel channel);
    void connect(const HostPort& server, SessionLink* link, Callback<Channel> use);
    void end();

    Registration on_cancel_;
    Registration connecting_;
    ClientTransport transport_;  // outlives channel_
    HostPort server_;
    Channel channel_;
    Wire wire_ = Wire::cs1;
    std::shared_ptr<RateLimit> limit_;  // null: none
    std::vector<Channel> paced_;        // that it holds back
    bool encrypt_ = false;
    bool cancelled_ = false;
    bool connecting_now_ = false;
    std::vector<Channel> more_;  // to server_
    std::vector<Registration> connecting_more_;
    std::size_t awaited_ = 0;  // of those
};

}  // namespace gantry::cs
