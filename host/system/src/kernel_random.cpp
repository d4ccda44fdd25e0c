#include <host/system/kernel_random.h>

#include <sys/random.h>

#include <cerrno>
#include <cstdlib>

namespace gantry::host {

void KernelRandom::fill(ByteSpan out) noexcept {
    while (!out.empty()) {
        const ssize_t got = ::getrandom(out.data(), out.size(), 0);
        if (got < 0 && errno != EINTR) std::abort();
        if (got > 0) out = out.subspan(static_cast<std::size_t>(got));
    }
}

}  // namespace gantry::host
