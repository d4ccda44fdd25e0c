#include <cs/net/classic_call.h>
#include <cs/net/limits.h>

#include <algorithm>
#include <array>

namespace gantry::cs {

namespace {

constexpr std::size_t kRead = 32 * 1024;
constexpr std::size_t kMostOfARead = kRead + 64 * 1024;  // with the packet that had begun

static_assert(kMostOfARead <= limits::kReceiveBuffer);

}  // namespace

ClassicCall::ClassicCall(EventLoop& loop, BlockTransform& cipher, const ClassicRequest& request,
                         std::shared_ptr<AnswerHandler> handler, Over over)
    : loop_(loop),
      core_(request, cipher, {}, loop.now()),
      handler_(std::move(handler)),
      over_(std::move(over)),
      buffers_(loop, limits::kClassicBuffers, limits::kReceiveBuffer, [this] {
          starved_ = false;
          core_.pause(false, loop_.now());
          on_readable();
      }) {}

void ClassicCall::start(Transport& transport, const HostPort& server) {
    take_events();
    if (!handler_) return;
    server_ = server.to_string();
    connecting_ =
        transport.connect(loop_, server, {}, [this](Result<std::unique_ptr<Stream>> stream) {
            const auto self = shared_from_this();
            connected(std::move(stream));
        });
}

void ClassicCall::connected(Result<std::unique_ptr<Stream>> stream) {
    unreachable_ = !stream;
    if (!stream) return end(std::move(stream).error());
    stream_ = std::move(*stream);
    timer_ = loop_.make_timer([this] {
        core_.on_timeout(loop_.now());
        pump();
    });
    stream_->set_callbacks({[this] { on_readable(); }, [this] { pump(); },
                            [this](Error error) { lose(std::move(error)); }});
    core_.pause(false, loop_.now());  // the time to answer begins now
    pump();
}

void ClassicCall::abandon() {
    handler_.reset();
    connecting_.release();
    timer_.reset();
    if (stream_) stream_->abort();
}

void ClassicCall::on_readable() {
    const auto self = shared_from_this();
    for (int i = 0; i < limits::kClientReads && handler_; ++i)
        if (!read_once()) break;
    if (handler_) handler_->settled();
    pump();
}

// Whether to go on reading now.
bool ClassicCall::read_once() {
    if (!find_room()) return false;
    std::array<std::byte, kRead> bytes;
    auto read = stream_->read(bytes);
    if (!read) return lose(std::move(read).error()), false;
    if (read->end)
        core_.receive_end(loop_.now());
    else if (read->bytes > 0)
        core_.receive(ByteView(bytes).first(read->bytes), loop_.now());
    take_events();
    return read->bytes == bytes.size();
}

bool ClassicCall::find_room() {
    if (!filling_ || filling_->size() - filled_ < kMostOfARead) {
        filling_ = buffers_.take();
        filled_ = 0;
    }
    if (filling_) return true;
    starved_ = true;
    core_.pause(true, loop_.now());
    return false;
}

void ClassicCall::take_events() {
    const auto from = filled_;
    while (handler_) {
        auto event = core_.poll_event();
        if (!event) break;
        if (const auto* data = std::get_if<ClassicBytes>(&*event)) {
            std::copy(data->bytes.begin(), data->bytes.end(),
                      filling_->begin() + static_cast<std::ptrdiff_t>(filled_));
            filled_ += data->bytes.size();
        } else if (auto* failed = std::get_if<ClassicFailed>(&*event)) {
            return end(std::move(failed->error));
        } else {
            tell_bytes(from);
            return end(std::nullopt);
        }
    }
    tell_bytes(from);
}

// What has come into the block since it was filled up to `from`.
void ClassicCall::tell_bytes(std::size_t from) {
    if (!handler_ || filled_ == from) return;
    if (!std::exchange(began_, true)) handler_->file_began({});
    const auto bytes = ByteView(*filling_).subspan(from, filled_ - from);
    if (handler_)
        handler_->file_bytes(std::exchange(offset_, offset_ + bytes.size()), bytes, filling_);
}

void ClassicCall::pump() {
    const auto self = shared_from_this();
    if (!handler_) return;
    take_events();
    if (!handler_) return;
    auto sent = flush();
    if (!sent) return lose(std::move(sent).error());
    watch(!*sent);
    arm_timer();
}

// True: all that was to be sent has gone.
Result<bool> ClassicCall::flush() {
    std::array<std::byte, ClassicRequest::kSize> buffer;
    const auto next = core_.poll_transmit(buffer, loop_.now());
    unsent_.insert(unsent_.end(), buffer.begin(),
                   buffer.begin() + static_cast<std::ptrdiff_t>(next.bytes));
    while (unsent_from_ < unsent_.size()) {
        const auto rest = ByteView(unsent_).subspan(unsent_from_);
        auto count = stream_->write(std::span(&rest, 1));
        if (!count) return std::move(count).error();
        if (*count == 0) return false;
        unsent_from_ += *count;
    }
    return true;
}

void ClassicCall::lose(Error error) {
    const auto self = shared_from_this();
    core_.lost(std::move(error));
    take_events();
}

void ClassicCall::end(std::optional<Error> error) {
    const auto handler = std::move(handler_);
    // What befalls the connection belongs to the server's name, not to the file's.
    const bool broken = error && (unreachable_ || error->code == ErrorCode::network ||
                                  error->code == ErrorCode::timeout);
    if (broken && error->context.empty()) error->context = server_;
    abandon();
    (void)over_(*this, unreachable_);
    if (error) return handler->failed(std::move(*error), ErrorDetail::none);
    if (!began_) handler->file_began({});
    handler->file_ended({offset_, {}});
    handler->settled();
}

void ClassicCall::watch(bool blocked) {
    auto wanted = blocked ? Interest::both : Interest::read;
    if (starved_) wanted = blocked ? Interest::write : Interest::none;
    if (wanted != interest_) stream_->set_interest(wanted);
    interest_ = wanted;
}

void ClassicCall::arm_timer() {
    if (const auto due = core_.next_timeout()) timer_->arm(*due);
}

}  // namespace gantry::cs
