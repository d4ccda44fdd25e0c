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
    void bbr_rides_out_random_loss() {
        const double share = share_of_link("bbr", 0.02, 1'500'000);
        CPPUNIT_ASSERT_MESSAGE(std::to_string(share), share > 0.6);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ConnectionRateTest);
