#pragma once

#include <openssl/bio.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <memory>

#include "openssl_handles.h"

namespace gantry::crypto {

// OpenSSL's objects of TLS and X.509, each with one owner.
struct TlsFree : OpensslFree {
    using OpensslFree::operator();
    void operator()(BIO* bio) const noexcept { BIO_free_all(bio); }
    void operator()(BIO_METHOD* method) const noexcept { BIO_meth_free(method); }
    void operator()(SSL* ssl) const noexcept { SSL_free(ssl); }
    void operator()(SSL_CTX* context) const noexcept { SSL_CTX_free(context); }
    void operator()(SSL_SESSION* session) const noexcept { SSL_SESSION_free(session); }
    void operator()(X509* certificate) const noexcept { X509_free(certificate); }
    void operator()(STACK_OF(X509) * chain) const noexcept { sk_X509_pop_free(chain, X509_free); }
};
template <class T>
using Handle = std::unique_ptr<T, TlsFree>;
using CertificateChain = Handle<STACK_OF(X509)>;

}  // namespace gantry::crypto
