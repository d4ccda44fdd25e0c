#include "fake_server.h"

#include <cppunit/extensions/HelperMacros.h>
#include <cs/net/server_group.h>

#include <atomic>

using namespace gantry;
using namespace gantry::cs;
using namespace gantry::cs::testing;

namespace {

// As the transport behind it, but for one thing.
class UnsharedTransport final : public Transport {
  public:
    explicit UnsharedTransport(Transport& inner) : inner_(inner) {}
    Registration connect(EventLoop& loop, const HostPort& to, const ConnectOptions& options,
                         ConnectCallback done) override {
        return inner_.connect(loop, to, options, std::move(done));
    }
    Result<std::unique_ptr<Listener>> listen(EventLoop& loop, const Endpoint& at,
                                             const ListenOptions& options,
                                             AcceptCallback accepted) override {
        if (options.reuse_port)
            return make_error(ErrorCode::unsupported, "test", "a port is not shared here");
        return inner_.listen(loop, at, options, std::move(accepted));
    }

  private:
    Transport& inner_;
};

}  // namespace

// A server on three loops.
class ServerGroupTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ServerGroupTest);
    CPPUNIT_TEST(spreads_connections_over_its_loops);
    CPPUNIT_TEST(answers_on_every_loop);
    CPPUNIT_TEST(limits_hold_over_all_loops);
    CPPUNIT_TEST(a_port_that_another_server_has_is_refused);
    CPPUNIT_TEST(a_transport_that_cannot_share_a_port_gets_one_loop);
    CPPUNIT_TEST(a_drain_waits_for_the_answers_of_all_loops);
    CPPUNIT_TEST(a_drain_that_takes_too_long_is_cut_short);
    CPPUNIT_TEST_SUITE_END();

    static constexpr std::size_t kLoops = 3;

    std::unique_ptr<CsWorld> world_;
    std::vector<std::unique_ptr<VirtualLoop>> loops_;
    std::shared_ptr<ServerGroup> group_;
    std::vector<std::unique_ptr<Stream>> clients_;
    std::size_t logged_ = 0;
    bool gone_ = false;

    Result<Endpoint> start(const ServerOptions& asked = {}, Transport* transport = nullptr) {
        auto options = asked;
        if (options.listen.port == 0) options.listen = {world_->network.address("server"), 0};
        std::vector<EventLoop*> loops;
        for (const auto& loop : loops_) loops.push_back(loop.get());
        std::optional<Result<Endpoint>> at;
        const auto group =
            ServerGroup::start({transport ? *transport : world_->server_transport,
                                world_->server_loop,
                                loops,
                                world_->server_pool,
                                world_->server_files.store_at(""),
                                [this](const AccessRecord&) { ++logged_; },
                                {}},
                               options, [&](Result<Endpoint> outcome) { at = std::move(outcome); });
        CPPUNIT_ASSERT(world_->run_until([&] { return at.has_value(); }));
        if (!*at) return *at;
        world_->address = **at;
        group_ = group;
        return *at;
    }
    void drain() {
        group_->drain([this] { gone_ = true; });
    }
    void connect(std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) clients_.push_back(world_->raw_stream());
        world_->clock.run_for(10ms);
    }
    std::vector<std::size_t> on_each_loop() const {
        std::vector<std::size_t> counts;
        for (const auto& loop : loops_)
            counts.push_back(world_->network.open_objects(*loop).streams);
        return counts;
    }
    std::size_t on_all_loops() const {
        std::size_t all = 0;
        for (const auto count : on_each_loop()) all += count;
        return all;
    }
    // Has every client ask for the file "a"; what each of them got when the server had ended.
    void ask_for_a() {
        const auto request = file_frame(FrameType::request, 1, FileRequest{"a", {}}.encode());
        for (const auto& client : clients_) {
            const ByteView view(request);
            CPPUNIT_ASSERT_EQUAL(request.size(), client->write(std::span(&view, 1)).value());
        }
    }
    std::size_t read_some(Stream& from) {
        Bytes buffer(64 * 1024);
        const auto read = from.read(buffer);
        return read ? read->bytes : 0;
    }

  public:
    void setUp() override {
        world_ = std::make_unique<CsWorld>(7);
        for (std::size_t i = 0; i < kLoops; ++i)
            loops_.push_back(std::make_unique<VirtualLoop>(world_->clock, std::to_string(i)));
    }
    void tearDown() override {
        clients_.clear();
        world_->channel.reset();
        if (group_ && !gone_) {
            drain();
            CPPUNIT_ASSERT(world_->run_until([this] { return gone_; }));
        }
        group_.reset();
        for (const auto& loop : loops_) {
            CPPUNIT_ASSERT_EQUAL(std::size_t{0}, world_->network.open_objects(*loop).total());
            CPPUNIT_ASSERT(loop->errors().empty());
        }
        loops_.clear();
        world_.reset();
    }

    void spreads_connections_over_its_loops() {
        CPPUNIT_ASSERT(start().ok());
        connect(90);
        for (const auto count : on_each_loop()) CPPUNIT_ASSERT(count > 15 && count < 45);
        CPPUNIT_ASSERT_EQUAL(std::size_t{90}, group_->shared()->admission.admitted());
    }
    void answers_on_every_loop() {
        world_->server_files.write_file("a", content(100'000));
        CPPUNIT_ASSERT(start().ok());
        for (int i = 0; i < 20; ++i) {
            CPPUNIT_ASSERT(!world_->get("a").error);
            world_->channel.reset();
        }
        CPPUNIT_ASSERT_EQUAL(std::size_t{20}, logged_);
    }
    void limits_hold_over_all_loops() {
        ServerOptions options;
        options.admission.per_address = 4;
        CPPUNIT_ASSERT(start(options).ok());
        connect(6);
        CPPUNIT_ASSERT_EQUAL(std::size_t{4}, group_->shared()->admission.admitted());
        world_->clock.run_for(3s);  // the refused ones get two seconds to go
        CPPUNIT_ASSERT_EQUAL(std::size_t{4}, on_all_loops());
    }
    void a_port_that_another_server_has_is_refused() {
        ServerOptions options;
        options.listen = start().value();
        const auto first = std::move(group_);
        CPPUNIT_ASSERT(start(options).error().code == ErrorCode::network);
        group_ = first;
        connect(10);
        CPPUNIT_ASSERT_EQUAL(std::size_t{10}, on_all_loops());
    }
    void a_transport_that_cannot_share_a_port_gets_one_loop() {
        UnsharedTransport unshared(world_->server_transport);
        CPPUNIT_ASSERT(start({}, &unshared).ok());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, group_->loops());
        connect(10);
        CPPUNIT_ASSERT_EQUAL(std::size_t{10}, on_each_loop().front());
    }
    void a_drain_waits_for_the_answers_of_all_loops() {
        world_->server_files.write_file("a", content(300'000));
        CPPUNIT_ASSERT(start().ok());
        connect(30);
        ask_for_a();
        world_->clock.run_for(10ms);
        drain();
        world_->clock.run_for(1s);
        CPPUNIT_ASSERT(!gone_);
        std::size_t got = 0;
        const auto all_gone = [&] {
            for (const auto& client : clients_) got += read_some(*client);
            return gone_;
        };
        CPPUNIT_ASSERT(world_->run_until(all_gone, 20s));
        CPPUNIT_ASSERT(got > 30 * 300'000);
        CPPUNIT_ASSERT_EQUAL(std::size_t{30}, logged_);
    }
    void a_drain_that_takes_too_long_is_cut_short() {
        world_->server_files.write_file("a", content(300'000));
        CPPUNIT_ASSERT(start().ok());
        connect(10);
        ask_for_a();
        world_->clock.run_for(10ms);
        drain();
        world_->clock.run_for(1s);
        CPPUNIT_ASSERT(!gone_);
        group_->stop();
        CPPUNIT_ASSERT(world_->run_until([this] { return gone_; }, 1s));
        CPPUNIT_ASSERT(group_->shared() == nullptr);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ServerGroupTest);
