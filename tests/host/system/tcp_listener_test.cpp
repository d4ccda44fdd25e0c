#include <cppunit/extensions/HelperMacros.h>
#include <host/system/loop_thread.h>
#include <host/system/system_connector.h>
#include <support/silent_listener.h>
#include <support/usage.h>

#include <vector>

using namespace gantry;

namespace {

// What a TcpListener does that no simulated one can: it runs out of the real thing. The rest is in
// the conformance suite of listeners.
class TcpListenerTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(TcpListenerTest);
    CPPUNIT_TEST(out_of_descriptors_it_waits_without_a_spin_and_goes_on);
    CPPUNIT_TEST(it_can_be_paused_and_destroyed_while_it_waits);
    CPPUNIT_TEST(loops_may_share_a_port);
    CPPUNIT_TEST(an_address_of_the_whole_system_hears_both_families);
    CPPUNIT_TEST_SUITE_END();

    host::AsioLoop loop_;
    host::SystemConnector connector_;
    std::vector<std::unique_ptr<Stream>> accepted_;
    std::vector<testing::Descriptor> clients_;
    std::unique_ptr<Listener> listener_;

    void listen(const char* at) {
        listener_ = std::move(*connector_.listen(
            loop_, *Endpoint::parse(at), {},
            [this](std::unique_ptr<Stream> s) { accepted_.push_back(std::move(s)); }));
    }
    // Sockets are made while there are descriptors; connecting needs none.
    void make_clients(std::size_t count) {
        while (clients_.size() < count) clients_.emplace_back(testing::BoundSocket::open());
    }
    void connect_clients() {
        const sockaddr_in to = testing::BoundSocket::loopback(listener_->local().port);
        for (const auto& client : clients_)
            (void)::connect(client.get(), reinterpret_cast<const sockaddr*>(&to), sizeof to);
    }
    void run_for(Duration time) {
        bool over = false;
        auto timer = loop_.make_timer([&] { over = true; });
        timer->arm(loop_.now() + time);
        while (!over) loop_.run_once(std::chrono::seconds(10));
    }
    void run_until_accepted(std::size_t count) {
        const TimePoint end = loop_.now() + std::chrono::seconds(20);
        while (accepted_.size() < count && loop_.now() < end)
            loop_.run_once(std::chrono::seconds(1));
        CPPUNIT_ASSERT_EQUAL(count, accepted_.size());
    }

    void out_of_descriptors_it_waits_without_a_spin_and_goes_on() {
        listen("127.0.0.1:0");
        make_clients(5);
        {
            const testing::DescriptorLimit limit(2);
            connect_clients();
            const Duration before = testing::cpu_time();
            run_for(std::chrono::milliseconds(350));
            CPPUNIT_ASSERT(testing::cpu_time() - before < std::chrono::milliseconds(50));
            CPPUNIT_ASSERT_EQUAL(std::size_t{2}, accepted_.size());
        }
        run_until_accepted(5);
    }
    void it_can_be_paused_and_destroyed_while_it_waits() {
        listen("127.0.0.1:0");
        make_clients(1);
        {
            const testing::DescriptorLimit limit(0);
            connect_clients();
            run_for(std::chrono::milliseconds(20));
            listener_->pause();
        }
        run_for(std::chrono::milliseconds(150));
        CPPUNIT_ASSERT(accepted_.empty());
        listener_->resume();
        run_until_accepted(1);
        {
            const testing::DescriptorLimit limit(0);
            run_for(std::chrono::milliseconds(20));
            listener_.reset();
        }
        run_for(std::chrono::milliseconds(150));
    }
    void loops_may_share_a_port() {
        host::LoopThread other("other");
        const ListenOptions shared{.backlog = 16, .reuse_port = true};
        auto first = connector_.listen(loop_, *Endpoint::parse("127.0.0.1:0"), shared, {});
        CPPUNIT_ASSERT(first.ok());
        bool listened = false;
        (void)other.run_and_wait([&] {
            listened = connector_.listen(other.loop(), (*first)->local(), shared, {}).ok();
        });
        CPPUNIT_ASSERT(listened);
    }
    void an_address_of_the_whole_system_hears_both_families() {
        listen("[::]:0");
        make_clients(1);
        connect_clients();
        run_until_accepted(1);
        CPPUNIT_ASSERT(accepted_[0]->peer().address.is_v4());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(TcpListenerTest);

}  // namespace
