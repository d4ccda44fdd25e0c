#pragma once

#include <cs/net/classic_channel.h>
#include <cs/net/client_channel.h>
#include <cs/net/server.h>
#include <cs/net/url_download.h>
#include <gantry/testing/failing_store.h>
#include <gantry/testing/memory_store.h>
#include <gantry/testing/sim_connector.h>
#include <gantry/testing/sim_network.h>
#include <gantry/testing/sim_transport.h>
#include <gantry/testing/virtual_loop.h>

#include <memory>
#include <string>
#include <vector>

namespace gantry::cs::testing {

using namespace gantry::testing;
using namespace std::chrono_literals;

// A pool on virtual time: each task takes a little of it.
class VirtualPool final : public BlockingPool {
  public:
    explicit VirtualPool(EventLoop& loop) : loop_(loop) {}
    Result<void> submit(Task work, EventLoop& loop, Task done) override;
    bool full = false;    // answer busy
    bool closed = false;  // answer closed
    std::size_t refused = 0;

  private:
    EventLoop& loop_;
};

// The job of a test: counts, and can be cancelled by nobody.
class PlainJob final : public Job {
  public:
    JobId id() const noexcept override { return JobId(1); }
    void set_title(std::string) override {}
    void set_total(ByteCount bytes) override { total = bytes; }
    void progress(ByteCount bytes) override { done = bytes; }
    void emit(Event) override {}
    std::unique_ptr<Job> child(std::string title) override;
    void finish(Result<void>) override {}
    bool cancel_requested() const noexcept override { return false; }
    Registration on_cancel(EventLoop&, Task) override { return {}; }
    bool wait_for_cancel(Duration) override { return false; }

    ByteCount total{0};
    ByteCount done{0};
    std::size_t children = 0;
};

// A server and a client on two hosts of a simulated network, all from one seed.
class CsWorld {
  public:
    // `buffers`: of each end of a stream.
    // With an even seed the server sends files from memory.
    explicit CsWorld(std::uint64_t seed, LinkOptions link = {}, std::size_t buffers = 64 * 1024);
    ~CsWorld();

    void start_server(ServerOptions options = {});
    // Runs until the server has answered all and gone.
    void stop_server();
    // Connects `client`; the channel is ready when it answers.
    void connect();
    // One connection more, for more_channels.
    std::shared_ptr<RequestChannel> new_channel();
    // The same for the classic wire, which connects when it is asked.
    void use_classic(bool encrypt = false);
    // Fetches a path into the folder "" of the client's disk (or the file name that is given).
    DownloadResult get(const std::string& remote, bool folder = false, bool verify = true,
                       Overwrite overwrite = Overwrite::yes);
    std::shared_ptr<UrlDownload> begin_get(const std::string& remote, bool folder, bool verify,
                                           Overwrite overwrite, UrlDownload::Done done);
    Result<CollectedListing> list(ListingRequest request);
    Result<CollectedListing> list(const std::string& remote, bool recursive) {
        return list(ListingRequest{remote, recursive});
    }
    // A stream to the server that speaks no protocol yet.
    std::unique_ptr<Stream> raw_stream();
    bool run_until(const std::function<bool()>& done, Duration limit = 300s) {
        return clock.run_until(done, limit);
    }
    OpenStore client_disk();

    VirtualClock clock;
    SimNetwork network;
    VirtualLoop server_loop{clock, "server"};
    VirtualLoop client_loop{clock, "client"};
    SimConnector server_connector{network, "server"};
    SimConnector client_connector{network, "client"};
    SimTransport server_transport{server_connector};
    SimTransport client_transport{client_connector};
    VirtualPool server_pool{server_loop};
    VirtualPool client_pool{client_loop};
    MemoryStore server_files;
    MemoryStore client_files;
    SendFrom send_from;                                        // of the next server
    FailingStore* server_disk = nullptr;                       // of the running server
    std::function<std::unique_ptr<FileStore>()> client_store;  // default: client_files
    std::function<std::unique_ptr<FileStore>()> server_store;  // default: server_files
    std::vector<AccessRecord> log;
    std::unique_ptr<Server> server;
    Endpoint address;
    std::unique_ptr<PoolRunner> runner;
    PlainJob job;
    std::shared_ptr<RequestChannel> channel;
    std::vector<std::shared_ptr<RequestChannel>> more_channels;  // of the client
    MakeDigest digests;                                          // of both ends
    bool resume = false;                                         // what get() asks for
    std::shared_ptr<const ServerSeal> seal;                      // of the next server
    std::shared_ptr<const FileAsker> asker;                      // get() asks for encrypted files
    Transport* dialling = nullptr;  // what connect() uses; null: client_transport
    std::uint64_t progress = 0;
};

// How many seeds to try: GANTRY_SEEDS, or `usual`.
std::uint64_t seeds(std::uint64_t usual);

// A quick digest of 32 bytes that tells any two contents of a test apart.
Result<std::unique_ptr<Digest>> quick_digest(DigestAlgorithm);

// `size` bytes that do not repeat soon.
std::string content(std::size_t size, std::uint32_t seed = 1);

}  // namespace gantry::cs::testing
