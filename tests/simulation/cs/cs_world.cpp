#include "cs_world.h"

#include <cppunit/TestAssert.h>

#include <cstdlib>
#include <functional>

namespace gantry::cs::testing {

namespace {

constexpr std::uint64_t kPieceOfTest = PieceMessage::kPiece;  // small files take several requests

}  // namespace

Result<void> VirtualPool::submit(Task work, EventLoop& loop, Task done) {
    if (full || closed) {
        ++refused;
        return make_error(full ? ErrorCode::busy : ErrorCode::closed, "test", "no room");
    }
    loop_.post([work = std::move(work), done = std::move(done), &loop]() mutable {
        (void)work();
        loop.post(std::move(done));
    });
    return {};
}

std::unique_ptr<Job> PlainJob::child(std::string) {
    ++children;
    return std::make_unique<PlainJob>();
}

CsWorld::CsWorld(std::uint64_t seed, LinkOptions link, std::size_t buffers)
    : network(clock, seed,
              SimOptions{.link = link, .send_buffer = buffers, .receive_buffer = buffers}),
      send_from(seed % 2 == 0 ? SendFrom::memory : SendFrom::file),
      client_store([this] { return client_files.store_at(""); }),
      server_store([this] { return server_files.store_at(""); }),
      runner(std::make_unique<PoolRunner>(client_pool, client_loop)) {}

CsWorld::~CsWorld() {
    channel.reset();
    more_channels.clear();
    if (server) stop_server();
}

void CsWorld::start_server(ServerOptions options) {
    options.send_from = send_from;
    options.listen = {network.address("server"), 0};
    auto disk = std::make_unique<FailingStore>(server_store());
    server_disk = disk.get();
    auto started =
        Server::start({server_transport, server_loop, server_pool,
                       share_server(std::move(disk), options, nullptr, seal),
                       [this](const AccessRecord& record) { log.push_back(record); }, digests},
                      options);
    CPPUNIT_ASSERT(started);
    server = std::move(*started);
    address = server->local();
}

void CsWorld::stop_server() {
    bool stopped = false;
    server->drain([&] { stopped = true; });
    CPPUNIT_ASSERT(run_until([&] { return stopped; }));
    server.reset();
}

void CsWorld::connect() { channel = new_channel(); }

std::shared_ptr<RequestChannel> CsWorld::new_channel() {
    std::shared_ptr<RequestChannel> made;
    auto pending = ClientChannel::connect(
        dialling != nullptr ? *dialling : client_transport, client_loop,
        HostPort{address.address.to_string(), address.port},
        [&](Result<std::shared_ptr<ClientChannel>> outcome) { made = std::move(outcome).value(); });
    CPPUNIT_ASSERT(run_until([&] { return made != nullptr; }));
    return made;
}

void CsWorld::use_classic(bool encrypt) {
    channel = std::make_shared<ClassicChannel>(client_transport, client_loop,
                                               HostPort{address.address.to_string(), address.port},
                                               encrypt);
}

OpenStore CsWorld::client_disk() {
    return [this](const std::string& folder, bool) -> Result<std::unique_ptr<FileStore>> {
        if (!folder.empty()) return make_error(ErrorCode::not_found, "test", "no such folder");
        return client_store();
    };
}

std::shared_ptr<UrlDownload> CsWorld::begin_get(const std::string& remote, bool folder, bool verify,
                                                Overwrite overwrite, UrlDownload::Done done) {
    const auto target = std::make_shared<LocalTarget>(client_disk(), "", LocalTarget::Kind::folder);
    auto get = std::make_shared<UrlDownload>(
        FetchParts{client_loop, *runner, job, channel, more_channels},
        FetchOptions{verify, overwrite, digests, resume, false, kPieceOfTest, false, asker},
        DownloadPlan{remote, folder, target, target},
        FetchProgress{[](std::int64_t) {}, [this](std::uint64_t more) { progress += more; }},
        std::move(done));
    get->start();
    return get;
}

DownloadResult CsWorld::get(const std::string& remote, bool folder, bool verify,
                            Overwrite overwrite) {
    if (!channel) connect();
    std::optional<DownloadResult> result;
    begin_get(remote, folder, verify, overwrite, [&](DownloadResult r) { result = std::move(r); });
    CPPUNIT_ASSERT(run_until([&] { return result.has_value(); }));
    return std::move(*result);
}

Result<CollectedListing> CsWorld::list(ListingRequest request) {
    if (!channel) connect();
    std::optional<Result<CollectedListing>> result;
    channel->ask(std::move(request),
                 std::make_shared<ListingCollector>(
                     [&](Result<CollectedListing> r) { result = std::move(r); }));
    CPPUNIT_ASSERT(run_until([&] { return result.has_value(); }));
    return std::move(*result);
}

std::unique_ptr<Stream> CsWorld::raw_stream() {
    std::unique_ptr<Stream> stream;
    auto pending = client_connector.connect(
        client_loop, HostPort{address.address.to_string(), address.port}, {},
        [&](Result<std::unique_ptr<Stream>> made) { stream = std::move(made).value(); });
    CPPUNIT_ASSERT(run_until([&] { return stream != nullptr; }));
    return stream;
}

std::uint64_t seeds(std::uint64_t usual) {
    const char* asked = std::getenv("GANTRY_SEEDS");
    return asked != nullptr ? std::strtoull(asked, nullptr, 10) : usual;
}

namespace {

// The standard library's hash of the bytes, made longer: quick, and it need not resist anybody.
class QuickDigest final : public Digest {
  public:
    void update(ByteView bytes) override { text_ += as_text(bytes); }
    std::vector<std::byte> finish() override {
        const auto hash = std::hash<std::string>()(std::exchange(text_, {}));
        std::vector<std::byte> out(32, std::byte{1});
        for (std::size_t i = 0; i < 8; ++i) out[i] = static_cast<std::byte>(hash >> (8 * i));
        return out;
    }

  private:
    std::string text_;
};

}  // namespace

Result<std::unique_ptr<Digest>> quick_digest(DigestAlgorithm) {
    return std::make_unique<QuickDigest>();
}

std::string content(std::size_t size, std::uint32_t seed) {
    std::string out(size, '\0');
    std::uint32_t x = seed;
    for (auto& c : out) c = static_cast<char>((x = x * 1664525 + 1013904223) >> 24U);
    return out;
}

}  // namespace gantry::cs::testing
