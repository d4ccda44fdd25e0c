#include <benchmark/benchmark.h>
#include <cs/wire/crc32c.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <thread>
#include <vector>

using namespace gantry;

// Ways to get a file of tmpfs into a TCP connection of loopback, with its CRC-32C and without: what
// the server's choice rests on. Run them with
//   micro_bench --benchmark_filter=send --benchmark_repetitions=5
//               --benchmark_enable_random_interleaving=true --benchmark_report_aggregates_only=true
namespace {

constexpr std::size_t kFileSize = std::size_t{256} << 20;
constexpr std::size_t kCheckPart = 64 * 1024;     // stays in the cache between reading and checking
constexpr std::size_t kReadAhead = 1024 * 1024;   // checked before it is sent
constexpr std::size_t kReceivePart = 256 * 1024;  // what the client takes at once

void must(bool done) {
    if (!done) std::abort();
}

double thread_seconds() {
    rusage used{};
    must(::getrusage(RUSAGE_THREAD, &used) == 0);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

// A file in memory, a connection, and a thread at its other end that reads the file's bytes,
// throws them away, and says with one byte that they have come.
class Rig {
  public:
    Rig() : file_(::memfd_create("send_bench", MFD_CLOEXEC)) {
        const std::vector<std::byte> block(kReadAhead, std::byte{0x5A});
        for (std::size_t at = 0; at < kFileSize; at += block.size())
            must(::write(file_, block.data(), block.size()) == static_cast<ssize_t>(block.size()));
        connect();
        client_ = std::thread([this] { receive(); });
    }
    Rig(const Rig&) = delete;
    Rig& operator=(const Rig&) = delete;
    ~Rig() {
        ::shutdown(socket_, SHUT_RDWR);
        client_.join();
        for (const int descriptor : {socket_, peer_, file_}) ::close(descriptor);
    }
    int file() const noexcept { return file_; }
    int socket() const noexcept { return socket_; }
    double client_seconds() const noexcept { return client_seconds_; }
    void wait_until_received() const {
        char word = 0;
        must(::read(socket_, &word, 1) == 1);
    }

  private:
    void connect() {
        const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* const any = reinterpret_cast<sockaddr*>(&address);
        must(::bind(listener, any, size) == 0 && ::listen(listener, 1) == 0 &&
             ::getsockname(listener, any, &size) == 0);
        socket_ = ::socket(AF_INET, SOCK_STREAM, 0);
        must(::connect(socket_, any, size) == 0);
        peer_ = ::accept(listener, nullptr, nullptr);
        const int on = 1;
        must(peer_ >= 0 && ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) == 0);
        ::close(listener);
    }
    void receive() {
        std::vector<std::byte> buffer(kReceivePart);
        std::size_t received = 0;
        for (;;) {
            const ssize_t count = ::read(peer_, buffer.data(), buffer.size());
            if (count <= 0) return;
            received += static_cast<std::size_t>(count);
            if (received < kFileSize) continue;
            received -= kFileSize;
            client_seconds_ = thread_seconds();
            must(::write(peer_, "x", 1) == 1);
        }
    }

    int file_;
    int socket_ = -1;
    int peer_ = -1;
    std::atomic<double> client_seconds_ = 0;
    std::thread client_;
};

void read_part(int file, std::size_t at, std::span<std::byte> into) {
    must(::pread(file, into.data(), into.size(), static_cast<off_t>(at)) ==
         static_cast<ssize_t>(into.size()));
}

void send_range(const Rig& rig, std::size_t at, std::size_t count) {
    auto offset = static_cast<off_t>(at);
    for (const auto end = offset + static_cast<off_t>(count); offset < end;)
        must(::sendfile(rig.socket(), rig.file(), &offset, static_cast<std::size_t>(end - offset)) >
             0);
}

// Two buffers in one call, as a server gathers what its disk tasks have read.
void write_all(int socket, std::span<std::byte> first, std::span<std::byte> second) {
    iovec parts[] = {{first.data(), first.size()}, {second.data(), second.size()}};
    for (std::size_t left = first.size() + second.size(); left > 0;) {
        const ssize_t count = ::writev(socket, parts, 2);
        must(count > 0);
        left -= static_cast<std::size_t>(count);
        auto gone = static_cast<std::size_t>(count);
        for (auto& part : parts) {
            const auto step = std::min(gone, part.iov_len);
            part.iov_base = static_cast<std::byte*>(part.iov_base) + step;
            part.iov_len -= step;
            gone -= step;
        }
    }
}

void by_sendfile(const Rig& rig) {
    for (std::size_t at = 0; at < kFileSize; at += kReadAhead) send_range(rig, at, kReadAhead);
}

void by_sendfile_after_checking(const Rig& rig) {
    std::vector<std::byte> part(kCheckPart);
    cs::Crc32c check;
    for (std::size_t at = 0; at < kFileSize; at += kReadAhead) {
        for (std::size_t done = 0; done < kReadAhead; done += part.size()) {
            read_part(rig.file(), at + done, part);
            check.update(part);
        }
        send_range(rig, at, kReadAhead);
    }
    benchmark::DoNotOptimize(check.value());
}

template <std::size_t size, bool checked>
void by_buffers(const Rig& rig) {
    std::vector<std::byte> first(size);
    std::vector<std::byte> second(size);
    cs::Crc32c check;
    for (std::size_t at = 0; at < kFileSize; at += 2 * size) {
        for (auto* const buffer : {&first, &second}) {
            read_part(rig.file(), at + (buffer == &second ? size : 0), *buffer);
            if (checked) check.update(*buffer);
        }
        write_all(rig.socket(), first, second);
    }
    benchmark::DoNotOptimize(check.value());
}

// Counters: processor seconds for each GiB, at the sender and at the receiver.
void send(benchmark::State& state, void (*way)(const Rig&)) {
    Rig rig;
    way(rig);
    rig.wait_until_received();
    const double sender = thread_seconds();
    const double receiver = rig.client_seconds();
    for (auto _ : state) {
        way(rig);
        rig.wait_until_received();
    }
    const auto gib = static_cast<double>(state.iterations()) * static_cast<double>(kFileSize) /
                     static_cast<double>(std::size_t{1} << 30);
    state.counters["sender_s/GiB"] = (thread_seconds() - sender) / gib;
    state.counters["receiver_s/GiB"] = (rig.client_seconds() - receiver) / gib;
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(kFileSize));
}

constexpr auto k256 = std::size_t{256} << 10;
constexpr auto k1024 = std::size_t{1024} << 10;
constexpr auto kUnit = benchmark::kMillisecond;
BENCHMARK_CAPTURE(send, sendfile, by_sendfile)->UseRealTime()->Unit(kUnit);
BENCHMARK_CAPTURE(send, buffers_256k, by_buffers<k256, false>)->UseRealTime()->Unit(kUnit);
BENCHMARK_CAPTURE(send, buffers_1m, by_buffers<k1024, false>)->UseRealTime()->Unit(kUnit);
BENCHMARK_CAPTURE(send, crc_sendfile, by_sendfile_after_checking)->UseRealTime()->Unit(kUnit);
BENCHMARK_CAPTURE(send, crc_buffers_256k, by_buffers<k256, true>)->UseRealTime()->Unit(kUnit);
BENCHMARK_CAPTURE(send, crc_buffers_1m, by_buffers<k1024, true>)->UseRealTime()->Unit(kUnit);

}  // namespace
