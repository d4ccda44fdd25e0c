#include <cppunit/extensions/HelperMacros.h>
#include <cs/app/operations.h>

using namespace gantry;
using namespace gantry::cs;

namespace {

struct Plain : Operation {
    explicit Plain(Operations& all, bool at_once) : operations(all), ends_at_once(at_once) {}
    void start() override { started = true; }
    void cancel() override {
        cancelled = true;
        if (ends_at_once) operations.remove(*this);
    }
    Operations& operations;
    bool ends_at_once;
    bool started = false;
    bool cancelled = false;
};

}  // namespace

class OperationsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(OperationsTest);
    CPPUNIT_TEST(keeps_an_operation_until_it_is_over);
    CPPUNIT_TEST(stops_at_once_when_nothing_runs);
    CPPUNIT_TEST(stops_when_the_last_is_over);
    CPPUNIT_TEST(cancels_what_starts_while_it_stops);
    CPPUNIT_TEST_SUITE_END();

    static constexpr Duration kLimit = std::chrono::seconds(1);
    Operations operations_;
    bool stopped_ = false;

  public:
    void keeps_an_operation_until_it_is_over() {
        auto plain = std::make_shared<Plain>(operations_, true);
        const std::weak_ptr<Plain> weak = plain;
        operations_.start(std::move(plain));
        CPPUNIT_ASSERT(weak.lock() && weak.lock()->started);
        operations_.remove(*weak.lock());
        CPPUNIT_ASSERT(weak.expired());
    }
    void stops_at_once_when_nothing_runs() {
        operations_.stop(kLimit, [&] { stopped_ = true; });
        CPPUNIT_ASSERT(stopped_);
    }
    void stops_when_the_last_is_over() {
        const auto slow = std::make_shared<Plain>(operations_, false);
        operations_.start(std::make_shared<Plain>(operations_, true));
        operations_.start(slow);
        operations_.stop(kLimit, [&] { stopped_ = true; });
        CPPUNIT_ASSERT(slow->cancelled && !stopped_);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, operations_.running());
        operations_.remove(*slow);
        CPPUNIT_ASSERT(stopped_);
    }
    void cancels_what_starts_while_it_stops() {
        operations_.stop(kLimit, {});
        const auto late = std::make_shared<Plain>(operations_, true);
        operations_.start(late);
        CPPUNIT_ASSERT(late->cancelled);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(OperationsTest);
