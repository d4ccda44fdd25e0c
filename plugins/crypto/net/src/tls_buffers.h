#pragma once

#include <gantry/core/units.h>

#include <memory>

#include "tls_handles.h"

namespace gantry::crypto {

// Ciphertext on its way through an engine: one bounded buffer for each direction, and the BIO
// through which OpenSSL takes from the one and adds to the other. Untouched pages of an idle
// connection's buffers take no memory.
class TlsBuffers {
  public:
    static constexpr std::size_t kInput = 128 * 1024;
    static constexpr std::size_t kOutput = 128 * 1024;  // of records
    static constexpr std::size_t kSpare = 96 * 1024;    // for handshakes and alerts besides
    // A record's most: RFC 8446 section 5.2.
    static constexpr std::size_t kRecord = 16 * 1024 + 256 + 5;

    // It must stay where it is while the BIO lives.
    Handle<BIO> make_bio(const BIO_METHOD* method);
    static Handle<BIO_METHOD> make_method();

    ByteSpan room();
    void received(std::size_t bytes) noexcept;
    bool has_input() const noexcept { return in_from_ < in_to_; }
    void drop_input() noexcept { in_from_ = in_to_ = 0; }

    ByteView outgoing() const noexcept;
    void sent(std::size_t bytes) noexcept;
    // Whether a record fits, with what may have to go before it.
    bool fits_a_record() const noexcept { return out_to_ + 2 * kRecord <= kOutput; }

  private:
    static int bio_read(BIO* bio, char* into, int size);
    static int bio_write(BIO* bio, const char* from, int size);
    static long bio_control(BIO* bio, int command, long number, void* pointer);
    std::size_t take(ByteSpan into) noexcept;
    bool add(ByteView bytes);

    std::unique_ptr<std::byte[]> in_;
    std::unique_ptr<std::byte[]> out_;
    std::size_t in_from_ = 0;
    std::size_t in_to_ = 0;
    std::size_t out_from_ = 0;
    std::size_t out_to_ = 0;
};

}  // namespace gantry::crypto
