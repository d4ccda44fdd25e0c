#include <gantry/testing/failing_store.h>

#include <algorithm>
#include <array>
#include <limits>
#include <mutex>

namespace gantry::testing {
namespace {

constexpr std::uint64_t kUnlimited = std::numeric_limits<std::uint64_t>::max();

struct Planned {
    std::uint64_t first = 0;  // by the count of calls; 0: nothing planned
    std::uint64_t last = 0;
    Error error;
};

}  // namespace

struct FailurePlan::State {
    mutable std::mutex mutex;
    std::array<std::uint64_t, kStoreOperations> calls{};
    std::array<Planned, kStoreOperations> planned{};
    std::uint64_t readable_end = kUnlimited;
    std::uint64_t room = kUnlimited;
};

FailurePlan::FailurePlan() : state_(std::make_unique<State>()) {}
FailurePlan::~FailurePlan() = default;

void FailurePlan::fail(StoreOperation operation, std::uint64_t nth, Error error,
                       std::uint64_t times) {
    const std::lock_guard lock(state_->mutex);
    const auto index = static_cast<std::size_t>(operation);
    const std::uint64_t first = state_->calls[index] + std::max<std::uint64_t>(nth, 1);
    const std::uint64_t last = times > kUnlimited - first ? kUnlimited : first + times - 1;
    state_->planned[index] = {first, last, std::move(error)};
}

void FailurePlan::end_reads_at(std::uint64_t size) {
    const std::lock_guard lock(state_->mutex);
    state_->readable_end = size;
}

void FailurePlan::fill_disk_after(std::uint64_t bytes) {
    const std::lock_guard lock(state_->mutex);
    state_->room = bytes;
}

void FailurePlan::clear() {
    const std::lock_guard lock(state_->mutex);
    state_->planned = {};
    state_->readable_end = kUnlimited;
    state_->room = kUnlimited;
}

std::uint64_t FailurePlan::calls(StoreOperation operation) const {
    const std::lock_guard lock(state_->mutex);
    return state_->calls[static_cast<std::size_t>(operation)];
}

Result<void> FailurePlan::enter(StoreOperation operation) {
    const std::lock_guard lock(state_->mutex);
    const auto index = static_cast<std::size_t>(operation);
    const std::uint64_t call = ++state_->calls[index];
    const Planned& planned = state_->planned[index];
    if (planned.first == 0 || call < planned.first || call > planned.last) return {};
    return planned.error;
}

std::uint64_t FailurePlan::readable_end() const {
    const std::lock_guard lock(state_->mutex);
    return state_->readable_end;
}

std::uint64_t FailurePlan::room() const {
    const std::lock_guard lock(state_->mutex);
    return state_->room;
}

std::uint64_t FailurePlan::take_room(std::uint64_t bytes) {
    const std::lock_guard lock(state_->mutex);
    if (state_->room == kUnlimited) return bytes;
    const std::uint64_t taken = std::min(bytes, state_->room);
    state_->room -= taken;
    return taken;
}

}  // namespace gantry::testing
