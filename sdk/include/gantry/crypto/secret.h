#pragma once

#include <gantry/core/units.h>

#include <iosfwd>
#include <utility>

namespace gantry {

// Overwrites bytes with zeros; the compiler may not leave it out.
void wipe(ByteSpan bytes) noexcept;
// Whether both hold the same, in time that depends on their lengths alone.
bool equal_in_constant_time(ByteView a, ByteView b) noexcept;

// Bytes that nobody else may see: a key, a passphrase. They lie on pages of their own, which are
// left out of core dumps and, where the system allows it, out of swap, and are wiped when it is
// dropped. It can be moved, but neither copied nor printed. Its size is no secret.
class Secret {
  public:
    Secret() noexcept = default;        // no bytes
    explicit Secret(std::size_t size);  // zeros
    explicit Secret(ByteView to_copy);  // the caller wipes what it copied from
    Secret(Secret&& other) noexcept { swap(other); }
    Secret& operator=(Secret&& other) noexcept {
        Secret taken(std::move(other));
        swap(taken);
        return *this;
    }
    ~Secret();

    // Borrowed: whoever copies from it wipes the copy.
    ByteView view() const noexcept { return bytes_; }
    ByteSpan bytes() noexcept { return bytes_; }
    std::size_t size() const noexcept { return bytes_.size(); }
    bool empty() const noexcept { return bytes_.empty(); }
    // Wipes what is behind the first `size` bytes and forgets it. `size` is at most size().
    void shrink(std::size_t size) noexcept;
    void swap(Secret& other) noexcept {
        std::swap(pages_, other.pages_);
        std::swap(bytes_, other.bytes_);
    }

  private:
    ByteSpan pages_;  // whole pages
    ByteSpan bytes_;  // their beginning
};

std::ostream& operator<<(std::ostream&, const Secret&) = delete;

}  // namespace gantry
