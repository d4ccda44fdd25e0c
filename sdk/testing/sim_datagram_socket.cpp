#include "sim_datagram_socket.h"

#include "datagram_path.h"

#include <algorithm>
#include <cerrno>

namespace gantry::testing::detail {

namespace {
constexpr std::size_t kMostPayload = 65507;      // RFC 768 over IPv4
constexpr std::size_t kDefaultBuffer = 212'992;  // Linux's net.core.rmem_default

bool same_family(const IpAddress& a, const IpAddress& b) { return a.is_v4() == b.is_v4(); }
}  // namespace

bool DatagramState::add(Arrived datagram) {
    if (held_ + datagram.bytes.size() > limit_) return false;
    held_ += datagram.bytes.size();
    arrived_.push_back(std::move(datagram));
    return true;
}

DatagramState::Arrived DatagramState::pop() {
    Arrived next = std::move(arrived_.front());
    arrived_.pop_front();
    held_ -= next.bytes.size();
    return next;
}

bool DatagramState::continues_train(const InDatagram& slot) const {
    if (arrived_.empty()) return false;
    const Arrived& next = arrived_.front();
    return next.from == slot.from && next.ecn == slot.ecn && !next.bytes.empty() &&
           next.bytes.size() <= slot.segment && slot.size + next.bytes.size() <= slot.buffer.size();
}

void DatagramState::take(InDatagram& slot, bool join) {
    const Arrived first = pop();
    slot.from = first.from;
    slot.ecn = first.ecn;
    slot.size = std::min(first.bytes.size(), slot.buffer.size());
    slot.truncated = slot.size < first.bytes.size();
    slot.segment = 0;
    std::copy_n(first.bytes.begin(), slot.size, slot.buffer.begin());
    if (!join || slot.truncated || slot.size == 0) return;
    slot.segment = static_cast<std::uint16_t>(first.bytes.size());
    bool joined = false;
    while (continues_train(slot)) {
        const Arrived next = pop();
        std::ranges::copy(next.bytes, slot.buffer.subspan(slot.size).begin());
        slot.size += next.bytes.size();
        joined = true;
        if (next.bytes.size() < slot.segment) break;
    }
    if (!joined) slot.segment = 0;
}

Result<std::unique_ptr<DatagramSocket>> SimDatagramSocket::open(
    std::shared_ptr<NetworkState> network, HostId host, EventLoop& loop, const Endpoint& at,
    const DatagramOptions& options) {
    const std::size_t limit = options.receive_buffer.value() > 0
                                  ? static_cast<std::size_t>(options.receive_buffer.value())
                                  : kDefaultBuffer;
    auto state = std::make_shared<DatagramState>(limit);
    auto bound = network->host(host).datagrams.claim(at, false, state.get());
    if (!bound) return std::move(bound).error();
    return std::make_unique<SimDatagramSocket>(std::move(network), host, loop, *bound, options,
                                               std::move(state));
}

SimDatagramSocket::SimDatagramSocket(std::shared_ptr<NetworkState> network, HostId host,
                                     EventLoop& loop, Endpoint at, const DatagramOptions& options,
                                     std::shared_ptr<DatagramState> state)
    : network_(std::move(network)),
      host_(host),
      loop_(loop),
      local_(at),
      options_(options),
      state_(std::move(state)) {
    notifier_ = std::make_shared<Notifier>(
        loop, network_->wire(), network_->errors(), [held = state_.get()]() -> Readiness {
            return {.readable = !held->empty(), .writable = true};
        });
    state_->notifier = notifier_;
    ++network_->open(loop_).datagram_sockets;
}

SimDatagramSocket::~SimDatagramSocket() {
    --network_->open(loop_).datagram_sockets;
    network_->host(host_).datagrams.release(state_.get());
    notifier_->stop();
}

void SimDatagramSocket::set_callbacks(DatagramCallbacks callbacks) {
    notifier_->set_callbacks({std::move(callbacks.readable), std::move(callbacks.writable), {}});
}

void SimDatagramSocket::set_interest(Interest interest) { notifier_->set_interest(interest); }

Result<void> SimDatagramSocket::check(const OutDatagram& datagram) const {
    const std::size_t longest =
        datagram.segment > 0 ? std::min<std::size_t>(datagram.segment, datagram.payload.size())
                             : datagram.payload.size();
    if (longest > kMostPayload)
        return make_error(ErrorCode::usage, "net", "the datagram is too long",
                          std::to_string(longest) + " bytes");
    const bool dual = local_.address.is_unspecified() && !local_.address.is_v4();
    if (datagram.to.port == 0 || (!dual && !same_family(datagram.to.address, local_.address)))
        return error_from_errno(EINVAL, "net", datagram.to.to_string());
    return {};
}

Result<std::size_t> SimDatagramSocket::send(std::span<const OutDatagram> batch) {
    notifier_->touch();
    auto& random = network_->random();
    std::size_t most = batch.size();
    if (most > 1 && network_->options().split_io && random.chance(0.125))
        most = 1 + random.below(most - 1);
    for (std::size_t i = 0; i < most; ++i) {
        if (auto fits = check(batch[i]); !fits) {
            if (i == 0) return std::move(fits).error();
            return i;
        }
        send_train(batch[i]);
    }
    return most;
}

void SimDatagramSocket::send_train(const OutDatagram& datagram) {
    if (datagram.segment == 0 || datagram.payload.empty())
        return send_one(datagram.to, datagram.payload, datagram.ecn);
    for (ByteView rest = datagram.payload; !rest.empty();) {
        const std::size_t size = std::min<std::size_t>(datagram.segment, rest.size());
        send_one(datagram.to, rest.first(size), datagram.ecn);
        rest = rest.subspan(size);
    }
}

void SimDatagramSocket::send_one(const Endpoint& to, ByteView payload, Ecn ecn) {
    Endpoint from = local_;
    if (from.address.is_unspecified()) from.address = network_->source_for(host_, to.address);
    send_over(*network_, host_, {from, to, {payload.begin(), payload.end()}, ecn},
              options_.forbid_fragments);
}

Result<std::size_t> SimDatagramSocket::receive(std::span<InDatagram> slots) {
    notifier_->touch();
    std::size_t filled = 0;
    while (filled < slots.size() && !state_->empty()) {
        const bool join = options_.receive_trains &&
                          (!network_->options().split_io || network_->random().chance(0.75));
        state_->take(slots[filled++], join);
    }
    return filled;
}

}  // namespace gantry::testing::detail
