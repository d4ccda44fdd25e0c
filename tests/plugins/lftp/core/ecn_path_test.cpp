#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/ecn_path.h>

#include <vector>

using namespace gantry;
using namespace gantry::lftp;

namespace {

// One that has sent `sent` marked packets.
EcnPath after_sending(unsigned sent) {
    EcnPath path;
    for (unsigned i = 0; i < sent; ++i) path.on_sent(path.marks());
    return path;
}

std::uint64_t ack_of(EcnPath& path, unsigned packets, std::optional<EcnCounts> counts) {
    for (unsigned i = 0; i < packets; ++i) path.on_marked_acked();
    return path.on_ack(counts);
}

}  // namespace

class EcnPathTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(EcnPathTest);
    CPPUNIT_TEST(marks_the_first_packets_and_then_waits_for_word);
    CPPUNIT_TEST(goes_on_when_the_counts_fit);
    CPPUNIT_TEST(gives_up_when_marks_were_wiped_off_on_the_way);
    CPPUNIT_TEST(gives_up_when_the_counts_cannot_be);
    CPPUNIT_TEST(tells_of_new_ce_marks_only);
    CPPUNIT_TEST(tests_another_path_anew);
    CPPUNIT_TEST(says_nothing_where_nothing_was_marked);
    CPPUNIT_TEST(every_ecn_state_answers_every_step);
    CPPUNIT_TEST_SUITE_END();

  public:
    void marks_the_first_packets_and_then_waits_for_word() {
        auto path = after_sending(9);
        CPPUNIT_ASSERT(path.marks() && path.state() == EcnState::testing);
        path.on_sent(true);
        CPPUNIT_ASSERT(!path.marks() && path.state() == EcnState::unknown);
    }
    void goes_on_when_the_counts_fit() {
        auto path = after_sending(10);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, ack_of(path, 3, EcnCounts{3, 0, 0}));
        CPPUNIT_ASSERT(path.marks() && path.state() == EcnState::capable);
        for (int i = 0; i < 50; ++i) path.on_sent(true);
        CPPUNIT_ASSERT(path.marks());
    }
    void gives_up_when_marks_were_wiped_off_on_the_way() {
        auto path = after_sending(5);
        (void)ack_of(path, 2, std::nullopt);
        CPPUNIT_ASSERT(!path.marks() && path.state() == EcnState::failed);
        auto later = after_sending(5);
        (void)ack_of(later, 2, EcnCounts{2, 0, 0});
        (void)ack_of(later, 2, EcnCounts{3, 0, 0});
        CPPUNIT_ASSERT(later.state() == EcnState::failed);
    }
    void gives_up_when_the_counts_cannot_be() {
        for (const EcnCounts counts : {EcnCounts{6, 0, 0}, EcnCounts{1, 1, 0},
                                       EcnCounts{~std::uint64_t{0}, 0, 2}, EcnCounts{0, 0, 6}}) {
            auto path = after_sending(5);
            CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, ack_of(path, 1, counts));
            CPPUNIT_ASSERT(path.state() == EcnState::failed);
        }
    }
    void tells_of_new_ce_marks_only() {
        auto path = after_sending(8);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, ack_of(path, 3, EcnCounts{1, 0, 2}));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, ack_of(path, 1, EcnCounts{2, 0, 2}));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, ack_of(path, 1, EcnCounts{2, 0, 3}));
    }
    void tests_another_path_anew() {
        auto path = after_sending(5);
        (void)ack_of(path, 2, std::nullopt);
        path.on_new_path();
        CPPUNIT_ASSERT(path.marks() && path.state() == EcnState::testing);
    }
    void says_nothing_where_nothing_was_marked() {
        EcnPath path;
        path.on_sent(false);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, path.on_ack(std::nullopt));
        CPPUNIT_ASSERT(path.state() == EcnState::testing);
    }
    void every_ecn_state_answers_every_step() {
        using S = EcnState;
        const std::vector<std::vector<S>> wanted{{S::unknown, S::capable, S::failed, S::testing},
                                                 {S::unknown, S::capable, S::failed, S::testing},
                                                 {S::capable, S::capable, S::failed, S::testing},
                                                 {S::failed, S::failed, S::failed, S::testing}};
        for (std::size_t s = 0; s < 4; ++s)
            for (std::size_t e = 0; e < 4; ++e)
                CPPUNIT_ASSERT(state_after(static_cast<S>(s), static_cast<EcnStep>(e)) ==
                               wanted[s][e]);
        CPPUNIT_ASSERT_EQUAL(std::string("capable"), std::string(state_name(S::capable)));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(EcnPathTest);
