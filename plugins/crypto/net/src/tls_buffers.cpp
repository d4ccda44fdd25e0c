#include "tls_buffers.h"

#include <algorithm>
#include <cstring>

namespace gantry::crypto {

namespace {

constexpr int kBioType = BIO_TYPE_SOURCE_SINK | 0x7e;

}  // namespace

Handle<BIO_METHOD> TlsBuffers::make_method() {
    Handle<BIO_METHOD> method(BIO_meth_new(kBioType, "gantry tls"));
    if (!method) return method;
    BIO_meth_set_read(method.get(), &bio_read);
    BIO_meth_set_write(method.get(), &bio_write);
    BIO_meth_set_ctrl(method.get(), &bio_control);
    return method;
}

Handle<BIO> TlsBuffers::make_bio(const BIO_METHOD* method) {
    Handle<BIO> bio(BIO_new(method));
    if (!bio) return bio;
    BIO_set_data(bio.get(), this);
    BIO_set_init(bio.get(), 1);
    return bio;
}

ByteSpan TlsBuffers::room() {
    if (!in_) in_ = std::make_unique_for_overwrite<std::byte[]>(kInput);
    if (in_from_ == in_to_) drop_input();
    return {in_.get() + in_to_, kInput - in_to_};
}

void TlsBuffers::received(std::size_t bytes) noexcept {
    in_to_ += std::min(bytes, kInput - in_to_);
}

ByteView TlsBuffers::outgoing() const noexcept {
    return {out_.get() + out_from_, out_to_ - out_from_};
}

void TlsBuffers::sent(std::size_t bytes) noexcept {
    out_from_ += std::min(bytes, out_to_ - out_from_);
    if (out_from_ == out_to_) out_from_ = out_to_ = 0;
}

std::size_t TlsBuffers::take(ByteSpan into) noexcept {
    const std::size_t count = std::min(into.size(), in_to_ - in_from_);
    std::copy_n(in_.get() + in_from_, count, into.begin());
    in_from_ += count;
    return count;
}

bool TlsBuffers::add(ByteView bytes) {
    if (!out_) out_ = std::make_unique_for_overwrite<std::byte[]>(kOutput + kSpare);
    if (bytes.size() > kOutput + kSpare - out_to_) return false;
    std::copy(bytes.begin(), bytes.end(), out_.get() + out_to_);
    out_to_ += bytes.size();
    return true;
}

int TlsBuffers::bio_read(BIO* bio, char* into, int size) {
    auto& self = *static_cast<TlsBuffers*>(BIO_get_data(bio));
    BIO_clear_retry_flags(bio);
    const auto count =
        self.take(std::as_writable_bytes(std::span(into, static_cast<std::size_t>(size))));
    if (count > 0) return static_cast<int>(count);
    BIO_set_retry_read(bio);
    return -1;
}

int TlsBuffers::bio_write(BIO* bio, const char* from, int size) {
    auto& self = *static_cast<TlsBuffers*>(BIO_get_data(bio));
    BIO_clear_retry_flags(bio);
    if (self.add(std::as_bytes(std::span(from, static_cast<std::size_t>(size))))) return size;
    BIO_set_retry_write(bio);
    return -1;
}

long TlsBuffers::bio_control(BIO*, int command, long, void*) {
    return command == BIO_CTRL_FLUSH ? 1 : 0;
}

}  // namespace gantry::crypto
