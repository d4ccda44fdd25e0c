#include <cs/net/client_channel.h>
#include <cs/net/limits.h>

#include <algorithm>
#include <array>

namespace gantry::cs {

namespace {

constexpr std::size_t kSmallestRead = 32 * 1024;  // a block with less room is put aside

Result<RequestId> ask_core(ClientConnection& core, const ClientChannel::Request& request,
                           TimePoint now) {
    if (const auto* file = std::get_if<FileRequest>(&request)) return core.request(*file, now);
    if (const auto* sealed = std::get_if<std::shared_ptr<SealedExchange>>(&request))
        return core.request(*sealed, now);
    if (const auto* list = std::get_if<ListingRequest>(&request)) return core.request(*list, now);
    if (const auto* hash = std::get_if<HashRequest>(&request)) return core.request(*hash, now);
    if (const auto* act = std::get_if<ActionRequest>(&request)) return core.request(*act, now);
    if (const auto* watch = std::get_if<WatchRequest>(&request)) return core.request(*watch, now);
    if (const auto* put = std::get_if<PutRequest>(&request)) return core.request(*put, now);
    return core.echo(std::get<Bytes>(request), now);
}

}  // namespace

Registration ClientChannel::connect(Transport& transport, EventLoop& loop, const HostPort& to,
                                    Connected done) {
    return transport.connect(
        loop, to, {},
        [&loop, to, done = std::move(done)](Result<std::unique_ptr<Stream>> stream) mutable {
            if (!stream) {
                auto error = std::move(stream).error();
                if (error.context.empty()) error.context = to.to_string();
                (void)done(std::move(error));
                return;
            }
            auto channel = std::make_shared<ClientChannel>(loop, std::move(*stream));
            channel->start();
            (void)done(std::move(channel));
        });
}

ClientChannel::ClientChannel(EventLoop& loop, std::unique_ptr<Stream> stream)
    : loop_(loop),
      stream_(loop, std::move(stream)),
      buffers_(loop, limits::kReceiveBuffers, limits::kReceiveBuffer,
               [this] {
                   starved_ = false;
                   core_.pause(false, loop_.now());
                   on_readable();
               }),
      held_(loop, [this](const HeldBytes::Counts& released) {
          for (const auto& [id, bytes] : released) core_.consumed(id, bytes);
          pump();
      }) {}

ClientChannel::~ClientChannel() = default;

void ClientChannel::start() {
    timer_ = loop_.make_timer([this] {
        armed_.reset();
        core_.on_timeout(loop_.now());
        pump();
    });
    stream_.set_callbacks({[this] { on_readable(); }, [this] { pump(); },
                           [this](Error error) { lose(std::move(error)); }});
    core_.say_hello();  // goes with the first request
    watch(false);
}

void ClientChannel::ask(Request request, std::shared_ptr<AnswerHandler> handler) {
    if (failure_) {
        loop_.post([handler = std::move(handler), error = *failure_] {
            handler->failed(error, ErrorDetail::none);
        });
        return;
    }
    waiting_.push_back({std::move(request), std::move(handler)});
    pump_soon();
}

void ClientChannel::forget(const AnswerHandler& handler) {
    const auto is_it = [&](const auto& h) { return h.get() == &handler; };
    std::erase_if(waiting_, [&](const Waiting& w) { return is_it(w.handler); });
    std::erase_if(touched_, is_it);
    for (auto i = handlers_.begin(); i != handlers_.end();) {
        if (is_it(i->second)) core_.abandon(i->first);
        i = is_it(i->second) ? handlers_.erase(i) : std::next(i);
    }
    pump();  // the end of an upload that was given up
}

void ClientChannel::ask_waiting() {
    while (!waiting_.empty() && core_.open_requests() < limits::kMaxPendingRequests) {
        auto next = std::move(waiting_.front());
        waiting_.pop_front();
        auto id = ask_core(core_, next.request, loop_.now());
        if (!id) {
            next.handler->failed(std::move(id).error(), ErrorDetail::none);
            continue;
        }
        handlers_.emplace(*id, std::move(next.handler));
        if (next.ready) ready_.insert(*id);
    }
}

std::optional<RequestId> ClientChannel::id_of(const AnswerHandler& handler) const {
    for (const auto& [id, h] : handlers_)
        if (h.get() == &handler) return id;
    return std::nullopt;
}

void ClientChannel::ready_to_send(const AnswerHandler& handler) {
    if (const auto id = id_of(handler)) ready_.insert(*id);
    for (auto& waiting : waiting_)
        if (waiting.handler.get() == &handler) waiting.ready = true;
    pump();
}

void ClientChannel::send_upload(const AnswerHandler& handler, ByteView bytes) {
    if (const auto id = id_of(handler)) core_.send_upload(*id, bytes);
    pump();
}

void ClientChannel::end_upload(const AnswerHandler& handler, const FileEnd& end) {
    if (const auto id = id_of(handler)) core_.end_upload(*id, end);
    pump();
}

// Uploads take turns. Whether one had room.
bool ClientChannel::take_uploads() {
    std::erase_if(ready_, [this](RequestId id) { return !handlers_.contains(id); });
    const auto next =
        std::ranges::find_if(ready_, [this](RequestId id) { return core_.wants_upload(id); });
    if (next == ready_.end()) return false;
    const auto handler = handlers_.at(*next);
    ready_.erase(next);
    handler->may_send();
    return true;
}

void ClientChannel::pump() {
    if (pumping_ || failure_) return;
    const auto self = shared_from_this();
    pumping_ = true;
    take_events(filling_);  // what an event makes ask again may find more of them
    ask_waiting();
    auto sent = flush();
    while (sent && *sent && take_uploads()) sent = flush();
    pumping_ = false;
    if (!sent) return lose(std::move(sent).error());
    if (failure_) return;
    watch(!*sent);
    arm_timer();
}

// In a later turn, so that the requests that are made until then go out together.
void ClientChannel::pump_soon() {
    if (pumping_ || std::exchange(pump_comes_, true)) return;
    loop_.post([weak = weak_from_this()] {
        const auto self = weak.lock();
        if (!self) return;
        self->pump_comes_ = false;
        self->pump();
    });
}

void ClientChannel::on_readable() {
    const auto self = shared_from_this();
    for (int i = 0; i < limits::kClientReads && !failure_; ++i)
        if (!read_once()) break;
    settle();
    pump();
}

// Whether to go on reading now.
bool ClientChannel::read_once() {
    if (!filling_ || filling_->size() - filled_ < kSmallestRead) {
        filling_ = buffers_.take();
        filled_ = 0;
    }
    if (!filling_) {
        starved_ = true;
        core_.pause(true, loop_.now());
        return false;
    }
    const auto room = ByteSpan(*filling_).subspan(filled_);
    auto read = stream_.read(room);
    if (!read) return lose(std::move(read).error()), false;
    if (read->end) return on_end(), false;
    if (read->bytes == 0) return false;
    filled_ += read->bytes;
    const auto buffer = filling_;
    core_.receive(room.first(read->bytes), loop_.now());
    take_events(buffer);
    return read->bytes == room.size();
}

void ClientChannel::on_end() {
    core_.receive_end(loop_.now());
    take_events(nullptr);
}

void ClientChannel::take_events(const ReceiveBuffer& buffer) {
    while (auto event = core_.poll_event()) tell(std::move(*event), buffer);
}

namespace {

template <class... F>
struct Overloaded : F... {
    using F::operator()...;
};
template <class... F>
Overloaded(F...) -> Overloaded<F...>;

}  // namespace

void ClientChannel::tell(ClientEvent event, const ReceiveBuffer& buffer) {
    std::visit(Overloaded{
                   [&](FileBegan& e) {
                       const auto h = find(e.id);
                       if (h && e.opener) h->file_sealed(std::move(e.opener));
                       if (h) h->file_began(e.response);
                   },
                   [&](FileBytes& e) {
                       const auto held = held_.hold(buffer, e.id, e.bytes.size());
                       if (auto h = find(e.id)) h->file_bytes(e.offset, e.bytes, held);
                   },
                   [&](FilePiece& e) {
                       if (auto h = find(e.id)) h->file_piece(e.piece);
                   },
                   [&](FileEnded& e) {
                       if (auto h = finish(e.id)) h->file_ended(e.end);
                   },
                   [&](Hashed& e) {
                       if (auto h = find(e.id)) h->hashed(e.bytes);
                   },
                   [&](ListingPart& e) {
                       const auto held = held_.hold(buffer, e.id, e.bytes);
                       if (auto h = find(e.id)) h->entries_from(std::move(e.entries), held);
                   },
                   [&](ListingEnded& e) {
                       if (auto h = finish(e.id)) h->listing_ended(e.end);
                   },
                   [&](Answered& e) {
                       if (auto h = finish(e.id)) h->answered(std::move(e.body));
                   },
                   [&](RequestFailed& e) {
                       if (auto h = finish(e.id)) h->failed(std::move(e.error), e.detail);
                   },
                   [&](ClientFailed& e) { fail_all(std::move(e.error)); },
               },
               event);
}

std::shared_ptr<AnswerHandler> ClientChannel::find(RequestId id) {
    const auto found = handlers_.find(id);
    if (found == handlers_.end()) return nullptr;
    if (touched_.empty() || touched_.back() != found->second) touched_.push_back(found->second);
    return found->second;
}

std::shared_ptr<AnswerHandler> ClientChannel::finish(RequestId id) {
    auto handler = find(id);
    handlers_.erase(id);
    ready_.erase(id);
    return handler;
}

void ClientChannel::settle() {
    for (const auto& handler : std::exchange(touched_, {})) handler->settled();
}

// True: all that was to be sent has gone.
Result<bool> ClientChannel::flush() {
    std::array<std::byte, limits::kSendBuffer> buffer;
    while (true) {
        while (unsent_from_ < unsent_.size()) {
            const auto rest = ByteView(unsent_).subspan(unsent_from_);
            auto count = stream_.write(std::span(&rest, 1));
            if (!count) return std::move(count).error();
            if (*count == 0) return false;
            unsent_from_ += *count;
        }
        const auto next = core_.poll_transmit(buffer, loop_.now());
        unsent_.assign(buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(next.bytes));
        unsent_from_ = 0;
        if (next.empty()) return true;
    }
}

void ClientChannel::lose(Error error) {
    const auto self = shared_from_this();
    core_.lost(std::move(error));
    take_events(nullptr);
    settle();
}

void ClientChannel::fail_all(Error error) {
    failure_ = std::move(error);
    timer_.reset();
    filling_.reset();
    watch(false);
    stream_.abort();
    auto handlers = std::exchange(handlers_, {});
    auto waiting = std::exchange(waiting_, {});
    for (auto& [id, handler] : handlers) handler->failed(*failure_, ErrorDetail::none);
    for (auto& next : waiting) next.handler->failed(*failure_, ErrorDetail::none);
}

void ClientChannel::watch(bool blocked) {
    auto wanted = blocked ? Interest::write : Interest::none;
    if (!starved_) wanted = blocked ? Interest::both : Interest::read;
    if (failure_) wanted = Interest::none;
    if (wanted != interest_) stream_.set_interest(wanted);
    interest_ = wanted;
}

void ClientChannel::arm_timer() {
    const auto due = core_.next_timeout();
    if (!due || (armed_ && *armed_ <= *due)) return;
    armed_ = due;
    timer_->arm(*due);
}

}  // namespace gantry::cs
