// Loops around OpenSSL without Gantry, and Gantry's service beside them:
//   crypto_loops file IN OUT THREADS     pread, AES-256-GCM, pwrite; prints seconds
//   crypto_loops packets CIPHER          processor ns per 1400-byte packet: plain loop, batches of
//   the service
#include <crypto/net/openssl_aead.h>

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <memory>
#include <string>
#include <thread>
#include <vector>

using namespace gantry;
using Clock = std::chrono::steady_clock;

namespace {

constexpr std::size_t kChunk = 65536, kTag = 16, kPacket = 1400, kBatch = 64;

struct Free {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_CIPHER_CTX, Free>;

[[noreturn]] void fail(const char* what) {
    std::perror(what);
    std::exit(1);
}

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

Context keyed(const EVP_CIPHER* cipher) {
    const unsigned char key[32] = {1};
    Context context(EVP_CIPHER_CTX_new());
    if (EVP_EncryptInit_ex(context.get(), cipher, nullptr, key, nullptr) != 1) fail("init");
    return context;
}

// Seals `size` bytes in place and puts the tag behind them.
void seal(EVP_CIPHER_CTX* context, unsigned char* bytes, std::size_t size, std::uint64_t number) {
    unsigned char nonce[12] = {};
    std::memcpy(nonce + 4, &number, sizeof number);
    int count = 0;
    const bool sealed =
        EVP_EncryptInit_ex(context, nullptr, nullptr, nullptr, nonce) == 1 &&
        EVP_EncryptUpdate(context, bytes, &count, bytes, static_cast<int>(size)) == 1 &&
        EVP_EncryptFinal_ex(context, bytes + size, &count) == 1 &&
        EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, kTag, bytes + size) == 1;
    if (!sealed) fail("seal");
}

int encrypt_file(const char* in, const char* out, unsigned threads) {
    const auto start = Clock::now();
    const int from = ::open(in, O_RDONLY);
    const int to = ::open(out, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    struct stat status {};
    if (from < 0 || to < 0 || ::fstat(from, &status) != 0) fail(in);
    const auto chunks = (static_cast<std::uint64_t>(status.st_size) + kChunk - 1) / kChunk;
    std::atomic<std::uint64_t> next = 0;
    const auto work = [&] {
        const auto context = keyed(EVP_aes_256_gcm());
        std::vector<unsigned char> room(kChunk + kTag);
        for (std::uint64_t i = next++; i < chunks; i = next++) {
            const auto count = ::pread(from, room.data(), kChunk, static_cast<off_t>(i * kChunk));
            if (count <= 0) fail("pread");
            const auto size = static_cast<std::size_t>(count);
            seal(context.get(), room.data(), size, i);
            const auto at = static_cast<off_t>(i * (kChunk + kTag));
            if (::pwrite(to, room.data(), size + kTag, at) < 0) fail("pwrite");
        }
    };
    std::vector<std::thread> helpers;
    for (unsigned i = 1; i < threads; ++i) helpers.emplace_back(work);
    work();
    for (auto& helper : helpers) helper.join();
    if (::fsync(to) != 0) fail("fsync");
    std::printf("%.6f\n", seconds_since(start));
    return 0;
}

struct Cipher {
    const EVP_CIPHER* evp;
    AeadAlgorithm algorithm;
};

Cipher cipher_of(const std::string& name) {
    const auto algorithm = aead_from_name(name);
    if (!algorithm) fail("cipher");
    if (*algorithm == AeadAlgorithm::aes128_gcm) return {EVP_aes_128_gcm(), *algorithm};
    if (*algorithm == AeadAlgorithm::aes256_gcm) return {EVP_aes_256_gcm(), *algorithm};
    return {EVP_chacha20_poly1305(), *algorithm};
}

double processor_seconds() {
    timespec time{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

// Runs `batch` for a while; nanoseconds of the processor for each of the packets it seals.
template <class Batch>
double measure(Batch batch) {
    constexpr int kRounds = 100;
    const auto start = processor_seconds();
    for (int i = 0; i < kRounds; ++i) batch();
    return (processor_seconds() - start) * 1e9 / (kRounds * kBatch);
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

int seal_packets(const std::string& name) {
    const auto cipher = cipher_of(name);
    const auto context = keyed(cipher.evp);
    crypto::CoreDumpShield shield;
    crypto::OpensslAead service(shield);
    const auto key =
        service.create(cipher.algorithm, std::vector<std::byte>(aead_key_size(cipher.algorithm)));
    if (!key) fail("service");
    std::vector<unsigned char> plain(kBatch * (kPacket + kTag));
    std::vector<std::byte> room(plain.size());
    std::vector<AeadBuffer> batch(kBatch);
    std::uint64_t number = 0;
    const auto loop = [&] {
        for (std::size_t i = 0; i < kBatch; ++i)
            seal(context.get(), plain.data() + i * (kPacket + kTag), kPacket, number++);
    };
    const auto batches = [&] {
        for (std::size_t i = 0; i < kBatch; ++i) {
            batch[i].bytes = ByteSpan(room).subspan(i * (kPacket + kTag), kPacket + kTag);
            ++number;
            std::memcpy(batch[i].nonce.data() + 4, &number, sizeof number);
        }
        if (!(*key)->seal(batch)) fail("batch");
    };
    std::vector<double> of_loop, of_batches;
    for (int i = 0; i < 21; ++i) {  // in turn, so that both meet the same machine
        of_loop.push_back(measure(loop));
        of_batches.push_back(measure(batches));
    }
    std::printf("%.2f %.2f\n", median(of_loop), median(of_batches));
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    const std::string what = argc > 1 ? argv[1] : "";
    if (what == "file" && argc == 5)
        return encrypt_file(argv[2], argv[3], static_cast<unsigned>(std::atoi(argv[4])));
    if (what == "packets" && argc == 3) return seal_packets(argv[2]);
    std::fprintf(stderr, "usage: crypto_loops file IN OUT THREADS | packets CIPHER\n");
    return 2;
}
