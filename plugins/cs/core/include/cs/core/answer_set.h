#pragma once

#include <cs/core/send_credit.h>
#include <cs/core/server_end.h>
#include <cs/core/stall_watch.h>
#include <cs/wire/limits.h>
#include <gantry/core/clock.h>

#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <vector>

namespace gantry::cs {

// One request that is being answered, and what of its answer waits to be sent besides the
// response. Data is either a range of a file or frames that were made before.
struct OpenAnswer {
    ServiceId service = ServiceId::file;
    FileSpan span;              // of the file, to be sent
    std::uint64_t offered = 0;  // bytes of it that may be sent
    std::uint64_t handed = 0;   // that were handed out to be sent
    std::deque<Bytes> frames;   // bodies of data frames
    std::size_t queued = 0;     // bytes of those
    bool writing = false;       // the file of a put, which was begun
    std::size_t storing = 0;    // bytes of it that were handed to be written
    std::optional<Bytes> end;   // the body of its end, which follows when all was handed out
    SendCredit credit;
    StallWatch stall;

    void queue(Bytes body);
    bool all_handed() const noexcept { return handed >= span.count && frames.empty(); }
    std::uint64_t ready() const noexcept { return offered - handed + queued; }
};

// The requests of one connection that are being answered: at most limits::kMaxAnswers. Their data
// takes turns, within the credit that the client gave.
class AnswerSet {
  public:
    // What comes next: a range of a file, or the body of a data frame.
    struct Turn {
        RequestId id;
        ServiceId service = ServiceId::file;
        std::optional<FileRange> file;
        Bytes body;
    };

    OpenAnswer& add(RequestId id, ServiceId service);
    OpenAnswer* find(RequestId id);
    const OpenAnswer* find(RequestId id) const;
    template <class Is>  // Is(id, answer)
    bool any(Is is) const {
        return std::ranges::any_of(answers_, [&](const auto& a) { return is(a.first, a.second); });
    }
    void remove(RequestId id) { answers_.erase(id); }
    void clear() { answers_.clear(); }
    std::size_t size() const noexcept { return answers_.size(); }
    bool empty() const noexcept { return answers_.empty(); }
    bool contains(RequestId id) const { return answers_.contains(id); }

    // No credit is asked for unless this was called; it holds for all that are opened later.
    void limit(std::uint64_t window, std::uint64_t stream_window);
    void set_largest_frame(std::size_t bytes) { largest_ = bytes; }
    void add_credit(RequestId id, std::uint64_t limit);  // kConnectionId: over all

    std::optional<Turn> next_turn();
    // Those that were handed out to their end.
    std::vector<RequestId> complete() const;

    // Keeps the watch over answers that lack credit.
    void note_stalls(TimePoint now);
    std::optional<TimePoint> stall_deadline(Duration limit) const;
    std::vector<RequestId> stalled(Duration limit, TimePoint now) const;

  private:
    std::optional<Turn> take_turn(RequestId id, OpenAnswer& answer);
    bool has_turn(const OpenAnswer& answer) const;
    std::size_t largest_now() const;

    std::map<RequestId, OpenAnswer> answers_;
    RequestId last_;  // whose turn it was
    SendCredit credit_;
    std::uint64_t stream_window_ = SendCredit::kUnlimited;
    std::size_t largest_ = limits::kMaxDataBody;
};

}  // namespace gantry::cs
