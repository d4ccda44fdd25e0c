#include <cs/net/action_answer.h>
#include <cs/net/file_answer.h>
#include <cs/net/hash_answer.h>
#include <cs/net/limits.h>
#include <cs/net/listing_answer.h>
#include <cs/net/put_answer.h>
#include <cs/net/sealed_file_answer.h>
#include <cs/net/server_session.h>
#include <cs/net/watch_answer.h>

#include <algorithm>
#include <array>

namespace gantry::cs {

namespace {

template <class Request>
const std::string& path_of(const Request& request) {
    if constexpr (std::is_same_v<Request, ActionRequest>)
        return action_path(request);
    else if constexpr (std::is_same_v<Request, SealedAsk>)
        return request.request.file.path;
    else
        return request.path;
}

// Whether the bytes of its answer are read for a check.
template <class Request>
bool is_checked(const Request& request) {
    if constexpr (std::is_same_v<Request, FileRequest>)
        return request.check != CheckAlgorithm::none;
    else
        return false;
}

constexpr std::size_t kReadBuffer = 16 * 1024;
constexpr int kServerReads = 4;            // then the other connections have theirs
constexpr std::uint64_t kTurn = 1 << 20U;  // bytes sent in one turn, likewise

}  // namespace

ServerSession::ServerSession(ServerResources& resources, std::unique_ptr<ServerEnd> core,
                             std::unique_ptr<Stream> stream, Callback<ServerSession&> over)
    : resources_(resources),
      stream_(std::move(stream)),
      over_(std::move(over)),
      core_(std::move(core)) {}

ServerSession::~ServerSession() {
    end_all(make_error(ErrorCode::network, "cs", "the connection was lost"));
}

void ServerSession::start() {
    timer_ = resources_.loop.make_timer([this] { on_timer(); });
    stream_->set_callbacks(
        {[this] { on_readable(); }, [this] { pump(); }, [this](const Error&) { end(); }});
    watch(false);
    arm_timer();
}

void ServerSession::drain() {
    core_->drain(resources_.loop.now());
    tell_answers([](Answer& answer) { answer.drain(); });
    pump();
}

void ServerSession::on_readable() {
    std::array<std::byte, kReadBuffer> buffer;
    for (int i = 0; i < kServerReads && reading_ && core_->wants_input(); ++i) {
        auto read = stream_->read(buffer);
        if (!read) return end();
        const auto now = resources_.loop.now();
        if (read->end) {
            reading_ = false;
            core_->receive_end(now);
        }
        if (read->bytes > 0) core_->receive(ByteView(buffer).first(read->bytes), now);
        if (read->bytes < buffer.size()) break;
    }
    tell_answers([](Answer& answer) { answer.received(); });
    pump();
}

// What they say back waits for pump().
template <class Tell>
void ServerSession::tell_answers(Tell tell) {
    const auto self = shared_from_this();
    const bool pumping = std::exchange(pumping_, true);
    for (auto& [id, running] : answers_) tell(*running.answer);
    pumping_ = pumping;
}

void ServerSession::on_timer() {
    armed_.reset();
    core_->on_timeout(resources_.loop.now());
    pump();
}

// Does all that can be done now, then waits for the stream, the disk or the time.
void ServerSession::pump() {
    if (pumping_) return;
    const auto self = shared_from_this();  // end() may make the owner drop this
    pumping_ = true;
    take_events();
    auto sent = transmit();
    end_answered();
    tell_answers([](Answer& answer) { answer.advance(0); });
    pumping_ = false;
    if (!sent || core_->over()) return end();
    if (core_->finished() && !finished_) {
        finished_ = true;
        if (!stream_->finish_writing()) return end();
    }
    watch(!*sent);
    arm_timer();
}

// In a later turn, so that what several answers have to say by then goes out together.
void ServerSession::pump_soon() {
    if (pumping_ || std::exchange(pump_comes_, true)) return;
    resources_.loop.post([weak = weak_from_this()] {
        const auto self = weak.lock();
        if (!self) return;
        self->pump_comes_ = false;
        self->pump();
    });
}

void ServerSession::take_events() {
    while (auto event = core_->poll_event(resources_.loop.now())) {
        if (auto* file = std::get_if<FileWanted>(&*event)) {
            begin<FileAnswer>("file", std::move(*file));
        } else if (auto* sealed = std::get_if<SealedWanted>(&*event)) {
            begin<SealedFileAnswer>(kEncryptedFile, std::move(*sealed));
        } else if (auto* listing = std::get_if<ListingWanted>(&*event)) {
            begin<ListingAnswer>("listing", std::move(*listing));
        } else if (auto* hash = std::get_if<HashWanted>(&*event)) {
            begin<HashAnswer>("hash", std::move(*hash));
        } else if (auto* watched = std::get_if<WatchWanted>(&*event)) {
            begin<WatchAnswer>("watch", std::move(*watched));
        } else if (auto* put = std::get_if<PutWanted>(&*event)) {
            begin<PutAnswer>("put", std::move(*put));
        } else if (auto* action = std::get_if<ActionWanted>(&*event)) {
            const auto name = action_name(action->request);
            begin<ActionAnswer>(name, std::move(*action));
        } else if (const auto* dropped = std::get_if<AnswerDropped>(&*event)) {
            note_dropped(*dropped);
        } else {
            end_all(std::get<ServerFailed>(*event).error);
        }
    }
}

template <class Kind, class Wanted>
void ServerSession::begin(std::string_view service, Wanted wanted) {
    const auto id = wanted.id;
    AccessRecord record{stream_->peer(), service, path_of(wanted.request), 0, {}, {}};
    AnswerSink sink{*core_, [this] { pump_soon(); }, stream_->peer().address,
                    send_from(is_checked(wanted.request))};
    auto answer = std::make_shared<Kind>(resources_, std::move(sink), std::move(wanted));
    answers_[id] = {answer, std::move(record), resources_.loop.now()};
    answer->start();
}

SendFrom ServerSession::send_from(bool read_anyway) const {
    if (core_->packs()) return SendFrom::file;
    const bool near = read_anyway && stream_->peer().address.is_loopback();
    return near || stream_->security().encrypted ? SendFrom::memory : resources_.send_from;
}

Result<bool> ServerSession::transmit() {
    std::array<std::byte, limits::kSendBuffer> buffer;
    for (std::uint64_t turn = 0; turn < kTurn;) {
        auto flushed = flush();
        if (!flushed || !*flushed) return flushed;
        take_events();
        const auto next = core_->poll_transmit(buffer, resources_.loop.now());
        end_answered();
        if (next.empty()) return true;
        unsent_.assign(buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(next.bytes));
        unsent_from_ = 0;
        range_ = next.file;
        turn += next.bytes + (next.file ? next.file->count : 0);
    }
    auto flushed = flush();
    if (!flushed) return flushed;
    return false;  // ask for `writable`, so as to go on in a later turn
}

// Sends what was handed out. True: all of it went.
Result<bool> ServerSession::flush() {
    while (unsent_from_ < unsent_.size()) {
        const auto rest = ByteView(unsent_).subspan(unsent_from_);
        auto count = stream_->write(std::span(&rest, 1));
        if (!count) return std::move(count).error();
        if (*count == 0) return false;
        unsent_from_ += *count;
        told_sent(*count);
    }
    unsent_.clear();
    unsent_from_ = 0;
    return send_range();
}

Result<bool> ServerSession::send_range() {
    while (range_ && range_->count > 0) {
        if (range_->packed) {
            if (auto packed = pack_range(); !packed) return std::move(packed).error();
            return flush();
        }
        auto count = send_some(*range_);
        if (!count) return std::move(count).error();
        if (*count == 0) return false;
        range_->offset += *count;
        range_->count -= *count;
        told_sent(*count);
        advance(range_->id, *count);
    }
    range_.reset();
    return true;
}

Result<std::size_t> ServerSession::send_some(const FileRange& range) {
    if (auto* file = file_of(range.id)) return stream_->send_file(*file, range.offset, range.count);
    const auto found = answers_.find(range.id);
    auto ready = found == answers_.end() ? ByteView() : found->second.answer->bytes(range.offset);
    if (ready.empty()) return make_error(ErrorCode::closed, "cs", "the file has gone");
    ready = ready.first(std::min(ready.size(), range.count));
    return stream_->write(std::span(&ready, 1));
}

// Turns the range into bytes to send. They were read ahead, so this finds them in memory.
Result<void> ServerSession::pack_range() {
    auto* file = file_of(range_->id);
    if (file == nullptr) return make_error(ErrorCode::closed, "cs", "the file has gone");
    Bytes plain(range_->count);
    const ByteSpan into(plain);
    auto count = file->read_at(range_->offset, std::span(&into, 1));
    if (!count) return std::move(count).error();
    if (*count < plain.size())
        return make_error(ErrorCode::source_changed, "cs", "the file became shorter");
    auto packed = core_->pack(plain, resources_.loop.now());
    if (!packed) return std::move(packed).error();
    unsent_ = std::move(*packed);
    const auto id = std::exchange(range_, std::nullopt)->id;
    advance(id, plain.size());
    return {};
}

void ServerSession::told_sent(std::uint64_t bytes) { core_->on_sent(bytes, resources_.loop.now()); }

File* ServerSession::file_of(RequestId id) noexcept {
    const auto found = answers_.find(id);
    return found == answers_.end() ? nullptr : found->second.answer->file();
}

void ServerSession::advance(RequestId id, std::uint64_t sent) {
    const auto found = answers_.find(id);
    if (found != answers_.end()) found->second.answer->advance(sent);
}

// Drops the answers that have gone out, or that nobody wants any more; but not the file whose bytes
// were promised in a frame that is on its way.
void ServerSession::end_answered() {
    for (auto i = answers_.begin(); i != answers_.end();) {
        const bool needed = core_->answering(i->first) || (range_ && range_->id == i->first);
        if (!needed) log_answer(i->second);
        i = needed ? std::next(i) : answers_.erase(i);
    }
}

void ServerSession::end_all(const Error& reason) {
    for (auto& [id, running] : answers_) {
        running.record.error = reason;
        log_answer(running);
    }
    answers_.clear();
}

void ServerSession::note_dropped(const AnswerDropped& dropped) {
    const auto found = answers_.find(dropped.id);
    if (found != answers_.end()) found->second.record.error = dropped.error;
}

void ServerSession::log_answer(Running& running) {
    auto& record = running.record;
    record.count = running.answer->count();
    record.identity = running.answer->identity();
    record.elapsed = resources_.loop.now() - running.began;
    if (running.answer->error()) record.error = running.answer->error();
    (void)resources_.log(record);
}

// `blocked`: the stream takes no more for now.
void ServerSession::watch(bool blocked) {
    const bool wanted_more = reading_ && core_->wants_input();
    const auto read = wanted_more ? Interest::read : Interest::none;
    const auto wanted =
        static_cast<Interest>(static_cast<unsigned>(read) |
                              static_cast<unsigned>(blocked ? Interest::write : Interest::none));
    if (wanted != interest_) stream_->set_interest(wanted);
    interest_ = wanted;
}

// Deadlines mostly move away, so the timer is left to fire early and is then set again.
void ServerSession::arm_timer() {
    const auto due = core_->next_timeout();
    if (!due || (armed_ && *armed_ <= *due)) return;
    armed_ = due;
    timer_->arm(*due);
}

void ServerSession::end() {
    if (!over_) return;
    auto over = std::move(over_);
    (void)over(*this);
}

}  // namespace gantry::cs
