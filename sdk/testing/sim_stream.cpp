#include "sim_stream.h"

#include <gantry/storage/file.h>

#include <algorithm>
#include <limits>

namespace gantry::testing::detail {

namespace {
constexpr std::size_t kAlwaysTaken = 4096;  // a write of less is not split while there is room
}

SimStream::SimStream(std::shared_ptr<NetworkState> network, std::shared_ptr<Connection> connection,
                     Side side, EventLoop& loop)
    : network_(std::move(network)), connection_(std::move(connection)), side_(side), loop_(loop) {
    StreamEnd* mine = &end();
    notifier_ = std::make_shared<Notifier>(
        loop, network_->wire(), network_->errors(), [mine]() -> Readiness {
            return {.readable = mine->receive.unread() > 0 || mine->receive.at_end(),
                    .writable = mine->send.is_roomy() && !mine->send.finishing()};
        });
    mine->notifier = notifier_;
    if (mine->failure) notifier_->fail(*mine->failure);
    ++network_->open(loop_).streams;
}

SimStream::~SimStream() {
    --network_->open(loop_).streams;
    notifier_->stop();
    connection_->close(side_);
}

void SimStream::set_callbacks(StreamCallbacks callbacks) {
    notifier_->set_callbacks({std::move(callbacks.readable), std::move(callbacks.writable),
                              std::move(callbacks.closed)});
}

void SimStream::set_interest(Interest interest) { notifier_->set_interest(interest); }

Result<void> SimStream::check_open() const {
    if (end().failure) return *end().failure;
    if (end().dead) return make_error(ErrorCode::closed, "net", "the stream was aborted");
    return {};
}

Result<void> SimStream::check_writing() const {
    if (auto open = check_open(); !open) return open;
    if (end().send.finishing())
        return make_error(ErrorCode::closed, "net", "writing on this stream was finished");
    return {};
}

Result<ReadOutcome> SimStream::read(ByteSpan into) {
    if (auto open = check_open(); !open) return std::move(open).error();
    notifier_->touch();
    auto& receive = end().receive;
    if (receive.at_end()) return ReadOutcome{0, true};
    std::size_t count = std::min(into.size(), receive.unread());
    if (count > 1 && network_->options().split_io && network_->random().chance(0.5))
        count = 1 + network_->random().below(count);
    const auto before = receive.acknowledgement().window_end;
    const bool was_full = receive.unread() >= network_->options().receive_buffer / 2;
    (void)receive.read(into.first(count));
    if (was_full && receive.acknowledgement().window_end > before) connection_->acknowledge(side_);
    return ReadOutcome{count, false};
}

Result<std::size_t> SimStream::write(std::span<const ByteView> buffers) {
    if (auto open = check_writing(); !open) return std::move(open).error();
    notifier_->touch();
    auto& random = network_->random();
    std::size_t most = std::numeric_limits<std::size_t>::max();
    if (const auto room = end().send.room();
        room > kAlwaysTaken && network_->options().split_io && random.chance(0.25))
        most = kAlwaysTaken + random.below(room - kAlwaysTaken);
    const std::size_t taken = end().send.accept(buffers, most);
    connection_->pump(side_);
    return taken;
}

Result<std::size_t> SimStream::send_file(File& file, std::uint64_t offset, std::size_t count) {
    if (auto open = check_writing(); !open) return std::move(open).error();
    const std::size_t most = std::min(count, end().send.room());
    if (most == 0) return std::size_t{0};
    std::vector<std::byte> bytes(most);
    const ByteSpan into(bytes);
    auto got = file.read_at(offset, std::span(&into, 1));
    if (!got) return got;
    if (*got == 0)
        return make_error(ErrorCode::range, "net", "the file ends before the part that is sent");
    const ByteView from = ByteView(bytes).first(*got);
    return write(std::span(&from, 1));
}

Result<void> SimStream::finish_writing() {
    if (auto open = check_open(); !open) return open;
    end().send.finish();
    connection_->pump(side_);
    return {};
}

void SimStream::abort() {
    notifier_->stop();
    connection_->reset(side_);
}

}  // namespace gantry::testing::detail
