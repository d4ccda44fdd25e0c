#include <host/shell/done_flag.h>

#include <sys/eventfd.h>
#include <unistd.h>

#include <cstdint>

namespace gantry::host {

DoneFlag::DoneFlag() : fd_(::eventfd(0, EFD_CLOEXEC)) {}

void DoneFlag::set() noexcept {
    set_.store(true, std::memory_order_release);
    const std::uint64_t one = 1;
    (void)!::write(fd_.get(), &one, sizeof one);
}

}  // namespace gantry::host
