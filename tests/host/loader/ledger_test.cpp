#include <cppunit/extensions/HelperMacros.h>
#include <host/loader/ledger.h>
#include <host/runtime/on_release.h>

using namespace gantry;
using namespace gantry::host;

namespace {

class LedgerTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LedgerTest);
    CPPUNIT_TEST(counts_what_is_held_by_kind);
    CPPUNIT_TEST(a_dropped_claim_leaves_the_ledger);
    CPPUNIT_TEST(the_sweep_takes_back_what_is_left_once);
    CPPUNIT_TEST(a_claim_may_outlive_the_ledger);
    CPPUNIT_TEST(a_claim_that_drops_another_is_swept_with_it);
    CPPUNIT_TEST(an_empty_claim_is_not_held);
    CPPUNIT_TEST_SUITE_END();

    std::shared_ptr<Ledger> ledger_ = std::make_shared<Ledger>();
    int taken_back_ = 0;

    Registration hold(const char* kind) {
        return ledger_->hold(kind, on_release([this] { ++taken_back_; }));
    }
    Ledger::Counts counts() const {
        Ledger::Counts counts;
        ledger_->count(counts);
        return counts;
    }

    void counts_what_is_held_by_kind() {
        auto a = hold("command");
        auto b = hold("command");
        auto c = hold("service");
        CPPUNIT_ASSERT((counts() == Ledger::Counts{{"command", 2}, {"service", 1}}));
    }
    void a_dropped_claim_leaves_the_ledger() {
        auto a = hold("command");
        a.release();
        CPPUNIT_ASSERT_EQUAL(1, taken_back_);
        CPPUNIT_ASSERT(counts().empty());
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, ledger_->sweep());
    }
    void the_sweep_takes_back_what_is_left_once() {
        auto a = hold("command");
        auto b = hold("service");
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, ledger_->sweep());
        CPPUNIT_ASSERT_EQUAL(2, taken_back_);
        CPPUNIT_ASSERT(counts().empty());
        a.release();
        b.release();
        CPPUNIT_ASSERT_EQUAL(2, taken_back_);
    }
    void a_claim_may_outlive_the_ledger() {
        auto a = hold("command");
        ledger_.reset();
        a.release();
        CPPUNIT_ASSERT_EQUAL(1, taken_back_);
    }
    void a_claim_that_drops_another_is_swept_with_it() {
        auto inner = std::make_shared<Registration>(hold("inner"));
        auto first = ledger_->hold("outer", on_release([inner] { inner->release(); }));
        auto last = hold("last");
        CPPUNIT_ASSERT(ledger_->sweep() >= 2);
        CPPUNIT_ASSERT_EQUAL(2, taken_back_);
        CPPUNIT_ASSERT(counts().empty());
    }
    void an_empty_claim_is_not_held() {
        CPPUNIT_ASSERT(!ledger_->hold("command", {}).active());
        CPPUNIT_ASSERT(counts().empty());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LedgerTest);

}  // namespace
