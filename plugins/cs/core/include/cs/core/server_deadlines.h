#pragma once

#include <cs/core/limits.h>
#include <gantry/core/clock.h>
#include <gantry/core/result.h>

#include <optional>

namespace gantry::cs {

// What a server connection waits for, and how long it will. Several may hold at once.
class ServerDeadlines {
  public:
    ServerDeadlines(const limits::ServerTimes& times, TimePoint now)
        : times_(times), started_(now), last_busy_(now) {}

    void request_began(TimePoint now);                      // its first byte came
    void request_came();                                    // its last byte came
    void busy(bool busy, TimePoint now);                    // whether a request is open
    void transmitting(std::uint64_t bytes, TimePoint now);  // handed out to be sent
    void sent(std::uint64_t bytes, TimePoint now);
    void awaiting_upload(bool awaiting, TimePoint now);  // bytes that the client has to send
    void uploaded(std::uint64_t bytes) { uploaded_ += bytes; }
    void closing(TimePoint now);  // only the last words are left

    std::uint64_t unsent() const noexcept { return unsent_; }
    std::optional<TimePoint> next() const;
    // The time-out that is over, if one is. A client that took or sent enough gets another time.
    std::optional<Error> check(TimePoint now);

  private:
    std::optional<TimePoint> input_deadline() const;
    std::optional<TimePoint> drain_deadline() const;
    std::optional<TimePoint> upload_deadline() const;

    limits::ServerTimes times_;
    TimePoint started_;
    TimePoint last_busy_;
    std::optional<TimePoint> request_began_;
    std::optional<TimePoint> closing_;
    bool greeted_ = false;  // a whole request has come
    bool busy_ = false;
    std::uint64_t unsent_ = 0;
    std::uint64_t drained_ = 0;  // since drain_start_
    TimePoint drain_start_;
    std::optional<TimePoint> upload_start_;
    std::uint64_t uploaded_ = 0;  // since upload_start_
};

}  // namespace gantry::cs
