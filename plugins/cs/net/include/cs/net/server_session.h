#pragma once

#include <cs/net/answer.h>
#include <gantry/net/stream.h>

#include <map>
#include <memory>

namespace gantry::cs {

// One client's connection: carries bytes between its stream and its core, and answers what is
// asked. Loop thread only.
class ServerSession : public std::enable_shared_from_this<ServerSession> {
  public:
    // `over` is called once, when the session can be dropped; it may drop it at once.
    ServerSession(ServerResources& resources, std::unique_ptr<ServerEnd> core,
                  std::unique_ptr<Stream> stream, Callback<ServerSession&> over);
    ~ServerSession();
    void start();
    // Answers what is open, then ends.
    void drain();

  private:
    void on_readable();
    void on_timer();
    void pump();
    void take_events();
    template <class Kind, class Wanted>
    void begin(std::string_view service, Wanted wanted);
    SendFrom send_from(bool read_anyway) const;
    void pump_soon();
    template <class Tell>
    void tell_answers(Tell tell);
    // Whether all that was at hand went out; an Error means the connection is lost.
    Result<bool> transmit();
    Result<bool> flush();
    Result<bool> send_range();
    Result<std::size_t> send_some(const FileRange& range);
    Result<void> pack_range();
    void told_sent(std::uint64_t bytes);
    File* file_of(RequestId id) noexcept;
    void advance(RequestId id, std::uint64_t sent);
    void end_answered();
    void note_dropped(const AnswerDropped& dropped);
    void end_all(const Error& reason);
    void watch(bool blocked);
    void arm_timer();
    void end();

    ServerResources& resources_;
    std::unique_ptr<Stream> stream_;
    Callback<ServerSession&> over_;
    std::unique_ptr<ServerEnd> core_;
    std::unique_ptr<Timer> timer_;
    std::optional<TimePoint> armed_;
    Interest interest_ = Interest::none;
    bool reading_ = true;    // the client has not ended its side
    bool finished_ = false;  // we have ended ours
    bool pumping_ = false;
    bool pump_comes_ = false;

    struct Running {
        std::shared_ptr<Answer> answer;
        AccessRecord record;
        TimePoint began{};
    };
    void log_answer(Running& running);
    std::map<RequestId, Running> answers_;
    Bytes unsent_;  // handed out by the core and not taken by the stream
    std::size_t unsent_from_ = 0;
    std::optional<FileRange> range_;  // what follows unsent_; shrinks as it goes
};

}  // namespace gantry::cs
