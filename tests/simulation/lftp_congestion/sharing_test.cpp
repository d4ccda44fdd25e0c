#include "scenario.h"
#include "textbook_cubic.h"

using namespace gantry;
using namespace gantry::testing;
using std::chrono::seconds;

// Several flows: how evenly they share the link, by Jain's index. That takes minutes, for which a
// sanitizer has no time: under it the flows only run.
class SharingTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SharingTest);
    CPPUNIT_TEST(four_flows_of_bbr_share_evenly);
    CPPUNIT_TEST(four_flows_of_cubic_share_evenly);
    CPPUNIT_TEST(four_flows_of_reno_share_evenly);
    CPPUNIT_TEST(four_flows_of_ledbat_share_evenly);
    CPPUNIT_TEST(bbr_lets_late_comers_in);
    CPPUNIT_TEST(cubic_is_fair_to_the_cubic_of_others);
    CPPUNIT_TEST(bbr_is_fair_to_cubic);
    CPPUNIT_TEST(ledbat_yields_to_cubic);
    CPPUNIT_TEST_SUITE_END();

    static void shared(double least, double value, const std::string& what) {
        if (!kSanitized) at_least(least, value, what);
    }
    static constexpr Duration kJitter = std::chrono::milliseconds(1);

    static void add_cubic_tcp(Network& network, Duration after = {}) {
        network.add(
            std::make_unique<TextbookCubic>(1500),
            {.ack_every = 2, .paced = false, .starts_after = after, .jitter = kJitter, .seed = 99});
    }
    // The mean over a few runs: one is a matter of a few losses.
    static double beside_cubic(std::string_view name, double queue) {
        const std::uint64_t runs = kSanitized ? 1 : 4;
        double sum = 0;
        for (std::uint64_t seed = 1; seed <= runs; ++seed) {
            Network network(link_with(queue, 0, seed));
            const bool first = seed % 2 == 1;
            if (!first) add_cubic_tcp(network);
            network.add(controller(name, seed),
                        {.starts_after = seconds(first ? 0 : 5), .jitter = kJitter, .seed = seed});
            if (first) add_cubic_tcp(network);
            sum += fairness(network, span(40, 1), span(160, 5));
        }
        return sum / static_cast<double>(runs);
    }
    static double four(std::string_view name, const LinkOptions& options, Duration from,
                       Duration to, Duration apart = {}) {
        Network network(options);
        for (int i = 0; i < 4; ++i)
            network.add(controller(name, options.seed * 100 + static_cast<std::uint64_t>(i)),
                        {.starts_after = apart * i,
                         .jitter = kJitter,
                         .seed = options.seed * 10 + static_cast<std::uint64_t>(i)});
        return fairness(network, from, to);
    }
    // 20 Mbit/s, 20 ms: flows that grow by a packet a round trip meet sooner.
    static LinkOptions small_link() {
        return {.rate = 2'500'000, .one_way = std::chrono::milliseconds(10), .queue = 50'000};
    }

  public:
    void four_flows_of_bbr_share_evenly() {
        const std::uint64_t runs = kSanitized ? 1 : 3;
        for (const double queue : {0.25, 1.0, 4.0}) {
            double sum = 0;
            for (std::uint64_t seed = 1; seed <= runs; ++seed)
                sum += four("bbr", link_with(queue, 0, seed), span(20, 1), span(140, 4));
            shared(0.95, sum / static_cast<double>(runs), "queue of " + std::to_string(queue));
        }
    }
    void four_flows_of_cubic_share_evenly() {
        shared(0.95, four("cubic", link_with(1), span(30, 1), span(120, 5)), "cubic");
    }
    void four_flows_of_reno_share_evenly() {
        shared(0.95, four("reno", small_link(), span(10, 1), span(60, 10)), "reno");
    }
    void four_flows_of_ledbat_share_evenly() {
        shared(0.95, four("ledbat", link_with(1), span(20, 1), span(90, 5)), "ledbat");
    }
    void bbr_lets_late_comers_in() {
        if (kSanitized) return;
        for (const double queue : {1.0, 4.0})
            shared(0.85, four("bbr", link_with(queue), seconds(60), seconds(150), seconds(3)),
                   "queue of " + std::to_string(queue));
    }
    void cubic_is_fair_to_the_cubic_of_others() {
        for (const double queue : {0.25, 1.0, 4.0})
            shared(0.95, beside_cubic("cubic", queue), "queue of " + std::to_string(queue));
    }
    void bbr_is_fair_to_cubic() {
        for (const auto& [queue, least] :
             {std::pair{0.25, 0.65}, std::pair{1.0, 0.80}, std::pair{4.0, 0.65}})
            shared(least, beside_cubic("bbr", queue), "queue of " + std::to_string(queue));
    }
    void ledbat_yields_to_cubic() {
        Network network(link_with(1));
        network.add(controller("ledbat"));
        add_cubic_tcp(network, span(10, 1));
        shared(0.93, use_of_link(network, span(30, 1), span(90, 6)), "both");
        const auto rates = network.rates();
        CPPUNIT_ASSERT(kSanitized || rates[0] < 0.1 * rates[1]);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SharingTest);
