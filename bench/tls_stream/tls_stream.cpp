// tls_stream serve CERTIFICATE FILE    prints the port, then sends FILE to whoever connects
// tls_stream get CERTIFICATE PORT      reads what comes and prints how much that was
//
// CERTIFICATE: PEM with the key in it, which the client pins.
#include <crypto/net/certificates.h>
#include <crypto/net/openssl_tls.h>
#include <fcntl.h>
#include <gantry/crypto/secure_stream.h>
#include <gantry/storage/file.h>
#include <host/system/asio_loop.h>
#include <host/system/folder_store.h>
#include <host/system/system_connector.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>

using namespace gantry;
using namespace gantry::host;

namespace {

constexpr std::size_t kRead = 256 * 1024;

template <class T>
T must(Result<T> result) {
    if (result) return std::move(result).value();
    std::fprintf(stderr, "%s\n", describe(result.error()).c_str());
    std::exit(1);
}

WallTime wall() { return std::chrono::system_clock::now(); }

struct Bench {
    crypto::CoreDumpShield shield;
    crypto::OpensslTls tls{shield};
    AsioLoop loop;
    SystemConnector connector;
    std::string certificate;
};

struct Sending {
    std::unique_ptr<SecureStream> stream;
    std::unique_ptr<File> file;
    std::uint64_t offset = 0;
    std::uint64_t size = 0;

    // Whether it is over.
    bool go_on() {
        while (offset < size) {
            const auto sent = stream->send_file(*file, offset, size - offset);
            if (!sent) return true;
            if (*sent == 0) return false;
            offset += *sent;
        }
        (void)stream->finish_writing();
        stream->set_interest(Interest::read);
        return false;
    }
    bool ended() {
        std::byte byte;
        const auto got = stream->read(ByteSpan(&byte, 1));
        return !got || got->end;
    }
};

int serve(Bench& bench, const std::filesystem::path& path) {
    const auto store = must(open_folder_store(path.parent_path(), false));
    const auto server = must(
        bench.tls.server({.certificate = must(bench.tls.load_certificate(bench.certificate))}));
    std::map<int, Sending> all;
    std::map<int, Registration> shaking;
    int last = 0;
    const auto begin = [&](int id, std::unique_ptr<SecureStream> stream) {
        auto& one = all[id];
        one.stream = std::move(stream);
        one.file = must(store->open(path.filename().string(), OpenMode::read));
        one.size = must(one.file->identity()).size;
        const auto end_if = [&, id](bool over) {
            if (over) all.erase(id);
        };
        one.stream->set_callbacks({[&one, end_if] { end_if(one.ended()); },
                                   [&one, end_if] { end_if(one.go_on()); },
                                   [end_if](const Error&) { end_if(true); }});
        one.stream->set_interest(Interest::write);
    };
    const auto listener = must(bench.connector.listen(
        bench.loop, *Endpoint::parse("127.0.0.1:0"), {}, [&](std::unique_ptr<Stream> stream) {
            const int id = ++last;
            shaking[id] = secure(bench.loop, std::move(stream), must(server->accept(wall())),
                                 std::chrono::seconds(10), [&, id](auto made) {
                                     if (made) begin(id, std::move(*made));
                                     shaking.erase(id);
                                 });
        }));
    std::printf("%u\n", unsigned{listener->local().port});
    std::fflush(stdout);
    bench.loop.run();
    return 0;
}

int get(Bench& bench, std::uint16_t port) {
    const auto chain = must(bench.tls.load_certificate(bench.certificate)).chain_pem;
    const auto pin = must(crypto::read_certificates(chain)).front().fingerprint;
    const auto client = must(bench.tls.client({.trust = TrustPins{{pin}}}));
    std::unique_ptr<SecureStream> stream;
    std::vector<std::byte> buffer(kRead);
    std::uint64_t received = 0;
    int status = 1;
    Registration shaking;
    const auto read = [&] {
        for (int i = 0; i < 8; ++i) {
            const auto got = stream->read(buffer);
            if (!got || (got->bytes == 0 && !got->end)) return;
            received += got->bytes;
            if (!got->end) continue;
            status = 0;
            (void)stream->finish_writing();
            return bench.loop.stop();
        }
    };
    const auto connecting =
        bench.connector.connect(bench.loop, {"127.0.0.1", port}, {}, [&](auto plain) {
            shaking = secure(
                bench.loop, must(std::move(plain)), must(client->connect("127.0.0.1", wall())),
                std::chrono::seconds(10), [&](auto made) {
                    stream = must(std::move(made));
                    stream->set_callbacks({read, {}, [&](const Error& e) {
                                               std::fprintf(stderr, "%s\n", describe(e).c_str());
                                               bench.loop.stop();
                                           }});
                    stream->set_interest(Interest::read);
                });
        });
    bench.loop.run();
    std::printf("%llu\n", static_cast<unsigned long long>(received));
    stream.reset();
    return status;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) return 2;
    Bench bench;
    bench.certificate = argv[2];
    if (argv[1] == std::string_view("serve"))
        return serve(bench, std::filesystem::absolute(argv[3]));
    return get(bench, static_cast<std::uint16_t>(std::atoi(argv[3])));
}
