#include "open_beneath.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/syscall.h>

#include <cerrno>

namespace gantry::host::storage {
namespace {

// The kernel answers EAGAIN when something on the machine was renamed while it followed a "..".
constexpr int kOpenAttempts = 128;

}  // namespace

Opened open_by_kernel(int root, const std::string& path, int flags) {
    open_how how{};
    how.flags = static_cast<unsigned>(flags | O_CLOEXEC);
    how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS;
    const char* name = path.empty() ? "." : path.c_str();
    for (int attempt = 1;; ++attempt) {
        const long opened = ::syscall(SYS_openat2, root, name, &how, sizeof how);
        if (opened >= 0) return {Descriptor(static_cast<int>(opened)), 0};
        const bool passing = errno == EAGAIN || errno == EINTR;
        if (!passing || attempt == kOpenAttempts) return {{}, errno};
    }
}

bool kernel_opens_beneath(int root) {
    return open_by_kernel(root, "", O_PATH | O_DIRECTORY).problem == 0;
}

}  // namespace gantry::host::storage
