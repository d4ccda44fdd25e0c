#include <gantry/testing/seeded_random.h>
#include <host/system/kernel_random.h>
#include <support/conformance/random_suite.h>

namespace gantry::testing::conformance {
namespace {

class KernelRandomHarness final : public RandomHarness {
  public:
    Random& random() override { return random_; }

  private:
    host::KernelRandom random_;
};

class SeededRandomHarness final : public RandomHarness {
  public:
    Random& random() override { return random_; }

  private:
    SeededRandom random_{20240229};
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(RandomSuite<KernelRandomHarness>);
CPPUNIT_TEST_SUITE_REGISTRATION(RandomSuite<SeededRandomHarness>);

}  // namespace gantry::testing::conformance
