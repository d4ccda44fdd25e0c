#include <crypto/net/core_dump_shield.h>

#include <fcntl.h>
#include <unistd.h>

#include <charconv>
#include <optional>

namespace gantry::crypto {
namespace {

constexpr char kFilter[] = "/proc/self/coredump_filter";
constexpr unsigned kAnonymous = 0x63;  // core(5): private, shared, and both of huge pages

std::optional<unsigned> read_filter() {
    const int fd = ::open(kFilter, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return std::nullopt;
    char text[32] = {};
    const auto count = ::read(fd, text, sizeof text);
    ::close(fd);
    unsigned filter = 0;
    if (count <= 0 || std::from_chars(text, text + count, filter, 16).ec != std::errc())
        return std::nullopt;
    return filter;
}

void write_filter(unsigned filter) {
    const int fd = ::open(kFilter, O_WRONLY | O_CLOEXEC);
    if (fd < 0) return;
    const auto text = std::to_string(filter);
    (void)!::write(fd, text.data(), text.size());
    ::close(fd);
}

}  // namespace

struct CoreDumpShield::State {
    void enter() {
        const std::lock_guard lock(mutex);
        if (holds++ > 0) return;
        before = read_filter();
        if (before) write_filter(*before & ~kAnonymous);
    }
    void leave() {
        const std::lock_guard lock(mutex);
        if (--holds == 0 && before) write_filter(*before);
    }
    std::mutex mutex;
    std::size_t holds = 0;
    std::optional<unsigned> before;
};

CoreDumpShield::CoreDumpShield() : state_(std::make_shared<State>()) {}

CoreDumpShield::Hold CoreDumpShield::hold() {
    state_->enter();
    return {static_cast<const void*>(state_.get()),
            [state = state_](const void*) { state->leave(); }};
}

}  // namespace gantry::crypto
