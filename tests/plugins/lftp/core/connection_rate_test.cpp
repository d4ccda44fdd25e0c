#include "connection_pair.h"

#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/congestion/controller_factory.h>

using namespace gantry;
using namespace gantry::lftp;

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::uint64_t kLinkRate = 2'500'000;  // 20 Mbit/s

ConnectionPair::Options link_with(const std::string& controller, double loss) {
    auto options = ConnectionPair::options();
    options.forth.rate = BytesPerSecond(kLinkRate);
    options.forth.queue = ByteCount(kLinkRate / 10);
    options.forth.delay = options.back.delay = milliseconds(25);
    options.forth.loss = loss;
    options.controller = [controller] {
        return make_controller(controller, {1200, 7, BytesPerSecond(kLinkRate)}).value();
    };
    return options;
}

// How long 2.5 MB take over 6.25/0.075 Mbit/s and 600 ms, with the handshake, where the first
// window and the credit fit the path: a fortieth of a satellite's link.
double seconds_over_satellite(double loss) {
    auto options = ConnectionPair::options();
    options.forth.rate = BytesPerSecond(781'250);
    options.forth.queue = ByteCount(468'750);
    options.back.rate = BytesPerSecond(9'375);
    options.back.queue = ByteCount(20'000);
    options.forth.delay = options.back.delay = milliseconds(300);
    options.forth.loss = loss;
    for (auto* end : {&options.client, &options.server}) {
        end->datagram = 1452;
        end->window = end->streams.window = 4'000'000;
    }
    options.controller = [] {
        return make_controller("bbr", {.datagram = 1452, .seed = 7, .first_window = 25'000})
            .value();
    };
    ConnectionPair pair(options);
    CPPUNIT_ASSERT(
        pair.run([&] { return pair.client().state() == ConnectionState::open; }, seconds(3)));
    TransferCheck transfer(pair.client(), pair.server(), pair.client().open_stream().value(),
                           2'500'000);
    CPPUNIT_ASSERT(pair.run([&] { return transfer.pump(pair.now()); }, seconds(60)));
    return to_seconds(pair.now() - TimePoint());
}

// Bytes of the stream in a second, as a part of what the link carries.
double share_of_link(const std::string& controller, double loss, std::uint64_t bytes) {
    ConnectionPair pair(link_with(controller, loss));
    CPPUNIT_ASSERT(pair.confirm(seconds(5)));
    TransferCheck transfer(pair.client(), pair.server(), pair.client().open_stream().value(),
                           bytes);
    const TimePoint begin = pair.now();
    CPPUNIT_ASSERT(pair.run([&] { return transfer.pump(pair.now()); }, seconds(60)));
    return static_cast<double>(bytes) / to_seconds(pair.now() - begin) / kLinkRate;
}

}  // namespace

// The controllers under a real connection: acknowledgements, pace and credit must not hold them
// back.
class ConnectionRateTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ConnectionRateTest);
    CPPUNIT_TEST(every_controller_fills_a_clean_link);
    CPPUNIT_TEST(bbr_rides_out_random_loss);
    CPPUNIT_TEST(a_file_comes_over_a_satellite_in_seven_seconds);
    CPPUNIT_TEST(nothing_of_the_connection_holds_a_lossy_link_back);
    CPPUNIT_TEST_SUITE_END();

  public:
    void every_controller_fills_a_clean_link() {
        for (const auto name : controller_names()) {
            const double share = share_of_link(std::string(name), 0, 1'500'000);
            // The background one gives way to its own queue, and slows down now and then.
            const double wanted = name == "ledbat" ? 0.4 : 0.6;
            CPPUNIT_ASSERT_MESSAGE(std::string(name) + ' ' + std::to_string(share), share > wanted);
        }
    }
    void a_file_comes_over_a_satellite_in_seven_seconds() {
        const double clean = seconds_over_satellite(0);
        CPPUNIT_ASSERT_MESSAGE(std::to_string(clean), clean < 7);
        const double lossy = seconds_over_satellite(1.0 / 64);
        CPPUNIT_ASSERT_MESSAGE(std::to_string(lossy), lossy < 9);
    }
    // A loss of a loss of a loss takes four round trips: buffers and credit must reach over them.
    void nothing_of_the_connection_holds_a_lossy_link_back() {
        auto options = link_with("fixed", 0.1);
        options.forth.queue = ByteCount(0);
        options.client.streams.send_room = 100'000;
        options.server.window = options.server.streams.window = 100'000;
        ConnectionPair pair(options);
        CPPUNIT_ASSERT(pair.confirm(seconds(5)));
        TransferCheck transfer(pair.client(), pair.server(), pair.client().open_stream().value(),
                               5'000'000);
        const TimePoint begin = pair.now();
        CPPUNIT_ASSERT(pair.run([&] { return transfer.pump(pair.now()); }, seconds(60)));
        const double share = 5'000'000 / to_seconds(pair.now() - begin) / (kLinkRate * 0.9);
        CPPUNIT_ASSERT_MESSAGE(std::to_string(share), share > 0.8);
    }
    void bbr_rides_out_random_loss() {
        const double share = share_of_link("bbr", 0.02, 1'500'000);
        CPPUNIT_ASSERT_MESSAGE(std::to_string(share), share > 0.6);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ConnectionRateTest);
