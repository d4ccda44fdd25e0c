#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/congestion/controller_factory.h>

using namespace gantry;
using namespace gantry::lftp;

class ControllerFactoryTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ControllerFactoryTest);
    CPPUNIT_TEST(makes_each_controller_it_names);
    CPPUNIT_TEST(names_bbr_first_as_the_default);
    CPPUNIT_TEST(tells_the_names_there_are_for_one_that_is_not);
    CPPUNIT_TEST(refuses_a_fixed_rate_of_nothing);
    CPPUNIT_TEST(refuses_datagrams_that_cannot_be);
    CPPUNIT_TEST_SUITE_END();

  public:
    void makes_each_controller_it_names() {
        CPPUNIT_ASSERT_EQUAL(std::size_t{5}, controller_names().size());
        for (const auto name : controller_names()) {
            const auto made = make_controller(name, {.rate = BytesPerSecond(1000)});
            CPPUNIT_ASSERT(made.ok());
            CPPUNIT_ASSERT((*made)->name() == name);
        }
    }
    void names_bbr_first_as_the_default() {
        CPPUNIT_ASSERT(controller_names().front() == kDefaultController);
        CPPUNIT_ASSERT(kDefaultController == "bbr");
    }
    void tells_the_names_there_are_for_one_that_is_not() {
        const auto made = make_controller("vegas", {});
        CPPUNIT_ASSERT(!made.ok());
        CPPUNIT_ASSERT(made.error().code == ErrorCode::usage);
        CPPUNIT_ASSERT_EQUAL(std::string("no congestion controller is called 'vegas'; there are "
                                         "bbr, cubic, reno, ledbat, fixed"),
                             made.error().message);
    }
    void refuses_a_fixed_rate_of_nothing() { CPPUNIT_ASSERT(!make_controller("fixed", {}).ok()); }
    void refuses_datagrams_that_cannot_be() {
        CPPUNIT_ASSERT(!make_controller("reno", {.datagram = 0}).ok());
        CPPUNIT_ASSERT(!make_controller("reno", {.datagram = kLargestDatagram + 1}).ok());
        CPPUNIT_ASSERT(make_controller("reno", {.datagram = kLargestDatagram}).ok());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ControllerFactoryTest);
