#include "connection_pair.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace gantry;
using namespace gantry::lftp;

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// Another kind of bad for each seed, and each worse with it.
void make_bad(testing::LinkOptions& link, std::uint64_t seed) {
    const double much = static_cast<double>(seed % 7) / 7;
    link.delay = milliseconds(1 + 17 * (seed % 5));
    link.loss = seed % 2 == 0 ? 0.3 * much : 0;
    if (seed % 3 == 0) link.burst_start = 0.02 * much;
    if (seed % 3 == 1) link.reorder = 0.2 * much;
    if (seed % 5 == 2) link.duplicate = 0.3 * much;
    if (seed % 5 == 3) link.corrupt = 0.2 * much;
    if (seed % 4 == 3) link.jitter = milliseconds(20);
    if (seed % 4 == 1) {
        link.rate = BytesPerSecond(200'000);
        link.queue = ByteCount(20'000);
    }
}

}  // namespace

class ConnectionLossTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ConnectionLossTest);
    CPPUNIT_TEST(all_bytes_come_whatever_the_link_does);
    CPPUNIT_TEST(fifty_of_fifty_connect_through_thirty_percent_loss);
    CPPUNIT_TEST(a_lost_tail_is_found_by_a_probe);
    CPPUNIT_TEST(goes_on_soon_after_a_black_hole);
    CPPUNIT_TEST(passes_through_two_to_the_thirty_two_packets_and_two_to_the_forty_bytes);
    CPPUNIT_TEST(wastes_little_on_a_path_that_reorders);
    CPPUNIT_TEST_SUITE_END();

  public:
    void all_bytes_come_whatever_the_link_does() {
        for (std::uint64_t seed = 1; seed <= 12; ++seed) {
            auto options = ConnectionPair::options();
            options.seed = seed;
            make_bad(options.forth, seed);
            make_bad(options.back, seed + 7);
            ConnectionPair pair(options);
            CPPUNIT_ASSERT(pair.confirm(seconds(30)));
            std::vector<TransferCheck> transfers;
            for (std::uint64_t i = 0; i < 2; ++i) {
                const auto id = pair.client().open_stream().value();
                transfers.emplace_back(pair.client(), pair.server(), id, 60'000 + i, i);
                transfers.emplace_back(pair.server(), pair.client(), id, 10'000 + i, i + 9);
            }
            const auto done = [&] {
                bool all = true;
                for (auto& one : transfers) all = one.pump(pair.now()) && all;
                return all;
            };
            CPPUNIT_ASSERT_MESSAGE("seed " + std::to_string(seed), pair.run(done, seconds(60)));
        }
    }
    void fifty_of_fifty_connect_through_thirty_percent_loss() {
        for (std::uint64_t seed = 1; seed <= 50; ++seed) {
            auto options = ConnectionPair::options();
            options.seed = seed;
            options.forth.loss = options.back.loss = 0.3;
            ConnectionPair pair(options);
            CPPUNIT_ASSERT_MESSAGE("seed " + std::to_string(seed), pair.confirm(seconds(25)));
        }
    }
    void a_lost_tail_is_found_by_a_probe() {
        ConnectionPair pair(ConnectionPair::options());
        CPPUNIT_ASSERT(pair.confirm());
        pair.run_for(milliseconds(100));
        TransferCheck transfer(pair.client(), pair.server(), pair.client().open_stream().value(),
                               12'000);
        int datagrams = 0;
        pair.watch = [&](Side from, ByteView) { return from == Side::server || ++datagrams < 9; };
        const TimePoint begin = pair.now();
        (void)pair.run([&] { return transfer.pump(pair.now()); }, milliseconds(60));
        pair.watch = [](Side, ByteView) { return true; };
        CPPUNIT_ASSERT(pair.run([&] { return transfer.pump(pair.now()); }, seconds(2)));
        CPPUNIT_ASSERT(pair.now() - begin < milliseconds(300));
    }
    void goes_on_soon_after_a_black_hole() {
        for (const int hole : {3, 10}) {
            ConnectionPair pair(ConnectionPair::options());
            CPPUNIT_ASSERT(pair.confirm());
            TransferCheck transfer(pair.client(), pair.server(),
                                   pair.client().open_stream().value(), 1'500'000);
            const auto done = [&] { return transfer.pump(pair.now()); };
            CPPUNIT_ASSERT(!pair.run(done, milliseconds(300)));
            pair.watch = [](Side, ByteView) { return false; };
            CPPUNIT_ASSERT(!pair.run(done, seconds(hole)));
            pair.watch = [](Side, ByteView) { return true; };
            CPPUNIT_ASSERT(pair.run(done, limits::kMaxProbeTimeout + seconds(3)));
        }
    }
    void passes_through_two_to_the_thirty_two_packets_and_two_to_the_forty_bytes() {
        auto options = ConnectionPair::options();
        for (auto* end : {&options.client, &options.server}) {
            end->first_packet = PacketNumber((std::uint64_t{1} << 32) - 40);
            end->streams.origin = (std::uint64_t{1} << 40) - 50'000;
        }
        options.forth.loss = options.back.loss = 0.05;
        ConnectionPair pair(options);
        CPPUNIT_ASSERT(pair.confirm(seconds(10)));
        TransferCheck transfer(pair.client(), pair.server(), pair.client().open_stream().value(),
                               200'000);
        CPPUNIT_ASSERT(pair.run([&] { return transfer.pump(pair.now()); }, seconds(30)));
    }
    void wastes_little_on_a_path_that_reorders() {
        auto options = ConnectionPair::options();
        options.forth.reorder = 0.05;
        options.forth.reorder_delay = milliseconds(8);
        ConnectionPair pair(options);
        CPPUNIT_ASSERT(pair.confirm());
        TransferCheck transfer(pair.client(), pair.server(), pair.client().open_stream().value(),
                               2'000'000);
        CPPUNIT_ASSERT(pair.run([&] { return transfer.pump(pair.now()); }, seconds(20)));
        CPPUNIT_ASSERT(pair.client().recovery().lost_packets() < 30);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ConnectionLossTest);
