#include <cs/net/admission.h>
#include <cs/net/client_network.h>

#include <map>
#include <mutex>

namespace gantry::cs {

struct Admission::State {
    explicit State(const AdmissionLimits& l) : limits(l) {}

    struct Address {
        std::size_t connections = 0;
        TimePoint next{};  // when it will have used up what it may open in a second
    };
    using Addresses = std::map<IpAddress, Address>;

    Result<Addresses::iterator> enter(const IpAddress& from, TimePoint now);
    Result<void> check_rate(Address& address, TimePoint now) const;
    Result<Addresses::iterator> find(const IpAddress& from, TimePoint now);
    void leave(Addresses::iterator address);

    static bool forgettable(const Address& address, TimePoint now) {
        return address.connections == 0 && address.next <= now;
    }
    static Error busy(const char* message) { return make_error(ErrorCode::busy, "cs", message); }

    const AdmissionLimits limits;
    mutable std::mutex mutex;
    Addresses addresses;
    std::size_t connections = 0;
    std::uint64_t refused = 0;
};

Result<Admission::State::Addresses::iterator> Admission::State::enter(const IpAddress& from,
                                                                      TimePoint now) {
    if (connections >= limits.connections)
        return busy("this server has all the connections it takes");
    auto found = find(from, now);
    if (!found) return found;
    auto& address = (*found)->second;
    const bool counts = !from.is_loopback() || limits.count_loopback;
    if (counts && limits.per_address != 0 && address.connections >= limits.per_address)
        return busy("your address has all the connections to this server it may have");
    if (!from.is_loopback())
        if (auto fine = check_rate(address, now); !fine) return std::move(fine).error();
    ++address.connections;
    ++connections;
    return found;
}

// The generic cell rate algorithm (ITU-T I.371): one time stamp for each address.
Result<void> Admission::State::check_rate(Address& address, TimePoint now) const {
    if (limits.new_per_second == 0) return {};
    const Duration each = Duration(std::chrono::seconds(1)) / limits.new_per_second;
    const auto from = std::max(address.next, now);
    if (from - now > each * (limits::kConnectionBurst - 1))
        return busy("your address opens connections too fast");
    address.next = from + each;
    return {};
}

// An address is kept while it has connections or opens them fast.
Result<Admission::State::Addresses::iterator> Admission::State::find(const IpAddress& from,
                                                                     TimePoint now) {
    const auto key = client_network(from);
    if (const auto known = addresses.find(key); known != addresses.end()) return known;
    if (addresses.size() >= limits::kMaxAddressesKept)
        std::erase_if(addresses, [&](const auto& a) { return forgettable(a.second, now); });
    if (addresses.size() >= limits::kMaxAddressesKept)
        return busy("connections come from too many addresses");
    return addresses.try_emplace(key).first;
}

void Admission::State::leave(Addresses::iterator address) {
    const std::lock_guard lock(mutex);
    --connections;
    if (--address->second.connections == 0 && address->second.next == TimePoint{})
        addresses.erase(address);
}

Admission::Admission(const AdmissionLimits& limits) : state_(std::make_shared<State>(limits)) {}
Admission::~Admission() = default;

Result<Admission::Ticket> Admission::admit(const IpAddress& from, TimePoint now) {
    const std::lock_guard lock(state_->mutex);
    auto address = state_->enter(from, now);
    if (!address) {
        ++state_->refused;
        return std::move(address).error();
    }
    return Ticket(std::shared_ptr<void>(
        state_.get(), [state = state_, at = *address](void*) { state->leave(at); }));
}

std::size_t Admission::admitted() const {
    const std::lock_guard lock(state_->mutex);
    return state_->connections;
}

std::uint64_t Admission::refused() const {
    const std::lock_guard lock(state_->mutex);
    return state_->refused;
}

std::size_t Admission::addresses_kept() const {
    const std::lock_guard lock(state_->mutex);
    return state_->addresses.size();
}

}  // namespace gantry::cs
