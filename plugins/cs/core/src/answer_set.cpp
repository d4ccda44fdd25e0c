#include <cs/core/answer_set.h>

#include <algorithm>

namespace gantry::cs {

namespace {

// The least room that the next data of an answer needs: a file's can be cut anywhere.
std::uint64_t needed_room(const OpenAnswer& answer) {
    return answer.frames.empty() ? 1 : answer.frames.front().size();
}

}  // namespace

void OpenAnswer::queue(Bytes body) {
    queued += body.size();
    frames.push_back(std::move(body));
}

OpenAnswer& AnswerSet::add(RequestId id, ServiceId service) {
    auto& answer = answers_[id];
    answer.service = service;
    answer.credit = SendCredit(stream_window_);
    return answer;
}

OpenAnswer* AnswerSet::find(RequestId id) {
    const auto found = answers_.find(id);
    return found == answers_.end() ? nullptr : &found->second;
}

const OpenAnswer* AnswerSet::find(RequestId id) const {
    const auto found = answers_.find(id);
    return found == answers_.end() ? nullptr : &found->second;
}

void AnswerSet::limit(std::uint64_t window, std::uint64_t stream_window) {
    credit_ = SendCredit(window);
    stream_window_ = stream_window;
}

void AnswerSet::add_credit(RequestId id, std::uint64_t limit) {
    if (id == kConnectionId) return credit_.raise(limit);
    if (auto* answer = find(id)) answer->credit.raise(limit);
}

// Whether it has something to send and its own credit for it.
bool AnswerSet::has_turn(const OpenAnswer& answer) const {
    return answer.ready() > 0 && answer.credit.room() >= needed_room(answer);
}

// From the one after the last, round and round. Who finds too little credit of the connection keeps
// the turn: others, which need less at once, could else use it up again and again.
std::optional<AnswerSet::Turn> AnswerSet::next_turn() {
    const auto ready = [this](const auto& entry) { return has_turn(entry.second); };
    auto next = std::find_if(answers_.upper_bound(last_), answers_.end(), ready);
    if (next == answers_.end()) next = std::find_if(answers_.begin(), answers_.end(), ready);
    if (next == answers_.end() || credit_.room() < needed_room(next->second)) return std::nullopt;
    last_ = next->first;
    return take_turn(next->first, next->second);
}

std::optional<AnswerSet::Turn> AnswerSet::take_turn(RequestId id, OpenAnswer& answer) {
    Turn turn{id, answer.service, {}, {}};
    std::uint64_t bytes = 0;
    if (!answer.frames.empty()) {
        turn.body = std::move(answer.frames.front());
        answer.frames.pop_front();
        bytes = turn.body.size();
        answer.queued -= turn.body.size();
    } else {
        bytes = std::min({answer.offered - answer.handed, std::uint64_t{largest_now()},
                          answer.credit.room(), credit_.room()});
        turn.file =
            FileRange{id, answer.span.offset + answer.handed, static_cast<std::size_t>(bytes)};
        answer.handed += bytes;
    }
    answer.credit.spend(bytes);
    credit_.spend(bytes);
    return turn;
}

// A large frame makes the others wait.
std::size_t AnswerSet::largest_now() const {
    const auto ready = std::ranges::count_if(
        answers_, [this](const auto& entry) { return has_turn(entry.second); });
    return ready > 1 ? std::min(largest_, limits::kSharedFrame) : largest_;
}

std::vector<RequestId> AnswerSet::complete() const {
    std::vector<RequestId> out;
    for (const auto& [id, answer] : answers_)
        if (answer.end && answer.all_handed()) out.push_back(id);
    return out;
}

void AnswerSet::note_stalls(TimePoint now) {
    for (auto& [id, answer] : answers_)
        answer.stall.update(answer.ready(), std::min(answer.credit.room(), credit_.room()), now);
}

std::optional<TimePoint> AnswerSet::stall_deadline(Duration limit) const {
    std::optional<TimePoint> first;
    for (const auto& [id, answer] : answers_) {
        const auto due = answer.stall.deadline(limit);
        if (due && (!first || *due < *first)) first = due;
    }
    return first;
}

std::vector<RequestId> AnswerSet::stalled(Duration limit, TimePoint now) const {
    std::vector<RequestId> out;
    for (const auto& [id, answer] : answers_) {
        const auto due = answer.stall.deadline(limit);
        if (due && now >= *due) out.push_back(id);
    }
    return out;
}

}  // namespace gantry::cs
