#include <cs/core/server_deadlines.h>

#include <algorithm>

namespace gantry::cs {

namespace {

Error timed_out(std::string message) {
    return make_error(ErrorCode::timeout, "cs", std::move(message));
}

}  // namespace

void ServerDeadlines::request_began(TimePoint now) {
    if (!request_began_) request_began_ = now;
}

void ServerDeadlines::request_came() {
    greeted_ = true;
    request_began_.reset();
}

void ServerDeadlines::busy(bool busy, TimePoint now) {
    if (busy || busy_) last_busy_ = now;
    busy_ = busy;
}

void ServerDeadlines::transmitting(std::uint64_t bytes, TimePoint now) {
    if (unsent_ == 0) {
        drain_start_ = now;
        drained_ = 0;
    }
    unsent_ += bytes;
}

void ServerDeadlines::sent(std::uint64_t bytes, TimePoint now) {
    const auto counted = std::min(bytes, unsent_);
    unsent_ -= counted;
    drained_ += counted;
    last_busy_ = now;
}

void ServerDeadlines::awaiting_upload(bool awaiting, TimePoint now) {
    if (awaiting == upload_start_.has_value()) return;
    upload_start_ = awaiting ? std::optional(now) : std::nullopt;
    uploaded_ = 0;
}

void ServerDeadlines::closing(TimePoint now) {
    if (!closing_) closing_ = now;
}

std::optional<TimePoint> ServerDeadlines::input_deadline() const {
    if (!greeted_) return started_ + times_.handshake;
    if (request_began_) return *request_began_ + times_.request;
    if (!busy_ && unsent_ == 0) return last_busy_ + times_.idle;
    return std::nullopt;
}

std::optional<TimePoint> ServerDeadlines::drain_deadline() const {
    if (unsent_ == 0) return std::nullopt;
    return drain_start_ + times_.drain;
}

std::optional<TimePoint> ServerDeadlines::upload_deadline() const {
    if (!upload_start_) return std::nullopt;
    return *upload_start_ + times_.upload;
}

std::optional<TimePoint> ServerDeadlines::next() const {
    if (closing_) return *closing_ + times_.linger;
    std::optional<TimePoint> first;
    for (const auto& due : {input_deadline(), drain_deadline(), upload_deadline()})
        if (due && (!first || *due < *first)) first = due;
    return first;
}

std::optional<Error> ServerDeadlines::check(TimePoint now) {
    if (closing_) {
        if (now < *closing_ + times_.linger) return std::nullopt;
        return timed_out("the client did not take the end of the connection");
    }
    const auto input = input_deadline();
    if (input && now >= *input)
        return timed_out(!greeted_        ? "no request came after connecting"
                         : request_began_ ? "a request took too long to arrive"
                                          : "nothing was asked for too long");
    if (const auto drain = drain_deadline(); drain && now >= *drain) {
        if (drained_ < limits::kMinDrained)
            return timed_out("the client takes its answer too slowly");
        drain_start_ = now;
        drained_ = 0;
    }
    if (const auto upload = upload_deadline(); upload && now >= *upload) {
        if (uploaded_ < limits::kMinDrained)
            return timed_out("the client sends its file too slowly");
        upload_start_ = now;
        uploaded_ = 0;
    }
    return std::nullopt;
}

}  // namespace gantry::cs
