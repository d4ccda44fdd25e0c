#include <gantry/crypto/secret.h>

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <new>

namespace gantry {
namespace {

std::size_t page_size() noexcept { return static_cast<std::size_t>(::sysconf(_SC_PAGESIZE)); }

ByteSpan allocate_pages(std::size_t bytes) {
    const auto page = page_size();
    const auto size = (bytes + page - 1) / page * page;
    const ByteSpan pages(static_cast<std::byte*>(::operator new(size, std::align_val_t(page))),
                         size);
    // Neither can be insisted on: a process may lock only so much, and old kernels know less.
    (void)::madvise(pages.data(), size, MADV_DONTDUMP);
    (void)::mlock(pages.data(), size);
    std::fill(pages.begin(), pages.end(), std::byte{0});
    return pages;
}

void free_pages(ByteSpan pages) noexcept {
    wipe(pages);
    (void)::munlock(pages.data(), pages.size());
    (void)::madvise(pages.data(), pages.size(), MADV_DODUMP);
    ::operator delete(pages.data(), std::align_val_t(page_size()));
}

}  // namespace

void wipe(ByteSpan bytes) noexcept {
    if (!bytes.empty()) ::explicit_bzero(bytes.data(), bytes.size());
}

bool equal_in_constant_time(ByteView a, ByteView b) noexcept {
    if (a.size() != b.size()) return false;
    // Volatile, or the loop could be made to stop at the first byte that differs.
    volatile unsigned difference = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        difference = difference | std::to_integer<unsigned>(a[i] ^ b[i]);
    return difference == 0;
}

Secret::Secret(std::size_t size) {
    if (size == 0) return;
    pages_ = allocate_pages(size);
    bytes_ = pages_.first(size);
}

Secret::Secret(ByteView to_copy) : Secret(to_copy.size()) {
    std::copy(to_copy.begin(), to_copy.end(), bytes_.begin());
}

Secret::~Secret() {
    if (!pages_.empty()) free_pages(pages_);
}

void Secret::shrink(std::size_t size) noexcept {
    wipe(bytes_.subspan(size));
    bytes_ = bytes_.first(size);
}

}  // namespace gantry
