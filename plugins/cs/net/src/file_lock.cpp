#include <cs/net/file_lock.h>
#include <sys/file.h>

#include <cerrno>
#include <chrono>
#include <thread>

namespace gantry::cs {

namespace {

constexpr int kLockTries = 20;
constexpr auto kLockWait = std::chrono::milliseconds(50);

}  // namespace

Result<void> lock_file(const File& file, std::string message, const std::string& path) {
    const auto descriptor = file.descriptor();
    for (int i = 0; i < kLockTries; ++i) {
        if (!descriptor || ::flock(*descriptor, LOCK_EX | LOCK_NB) == 0) return {};
        if (errno != EWOULDBLOCK) return {};  // a file system without locks
        std::this_thread::sleep_for(kLockWait);
    }
    return make_error(ErrorCode::busy, "cs", std::move(message), path);
}

}  // namespace gantry::cs
