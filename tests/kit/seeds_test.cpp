#include <support/seeds.h>

#include <cppunit/extensions/HelperMacros.h>

#include <cstdlib>
#include <stdexcept>
#include <string>
#include <vector>

using gantry::testing::for_each_seed;

namespace {

// Sets a variable of the environment for one test, and puts it back.
class Variable {
  public:
    Variable(const char* name, const char* value) : name_(name) {
        if (const char* old = std::getenv(name)) old_ = old, had_ = true;
        if (value)
            ::setenv(name, value, 1);
        else
            ::unsetenv(name);
    }
    ~Variable() {
        if (had_)
            ::setenv(name_, old_.c_str(), 1);
        else
            ::unsetenv(name_);
    }

  private:
    const char* name_;
    std::string old_;
    bool had_ = false;
};

class SeedsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SeedsTest);
    CPPUNIT_TEST(runs_the_usual_number);
    CPPUNIT_TEST(runs_as_many_as_the_environment_says);
    CPPUNIT_TEST(runs_one_seed_alone);
    CPPUNIT_TEST(a_failure_names_its_seed);
    CPPUNIT_TEST(an_exception_names_its_seed);
    CPPUNIT_TEST(refuses_what_is_no_number);
    CPPUNIT_TEST_SUITE_END();

    using Seeds = std::vector<std::uint64_t>;

    static Seeds run(std::size_t usual) {
        Seeds seeds;
        for_each_seed(usual, [&](std::uint64_t seed) { seeds.push_back(seed); });
        return seeds;
    }
    static std::string failure(const std::function<void(std::uint64_t)>& simulate) {
        try {
            for_each_seed(5, simulate);
        } catch (const CppUnit::Exception& e) {
            return e.what();
        }
        return "";
    }

  public:
    void runs_the_usual_number() {
        const Variable count("GANTRY_SEEDS", nullptr);
        const Variable one("GANTRY_SEED", nullptr);
        CPPUNIT_ASSERT((run(3) == Seeds{1, 2, 3}));
    }
    void runs_as_many_as_the_environment_says() {
        const Variable count("GANTRY_SEEDS", "2");
        const Variable one("GANTRY_SEED", nullptr);
        CPPUNIT_ASSERT((run(3) == Seeds{1, 2}));
    }
    void runs_one_seed_alone() {
        const Variable count("GANTRY_SEEDS", "2");
        const Variable one("GANTRY_SEED", "77");
        CPPUNIT_ASSERT((run(3) == Seeds{77}));
    }
    void a_failure_names_its_seed() {
        const Variable count("GANTRY_SEEDS", nullptr);
        const Variable one("GANTRY_SEED", nullptr);
        const auto text = failure([](std::uint64_t seed) { CPPUNIT_ASSERT(seed < 4); });
        CPPUNIT_ASSERT(text.find("GANTRY_SEED=4") != std::string::npos);
        CPPUNIT_ASSERT(text.find("seed < 4") != std::string::npos);
    }
    void an_exception_names_its_seed() {
        const Variable one("GANTRY_SEED", "9");
        const auto text = failure([](std::uint64_t) { throw std::runtime_error("boom"); });
        CPPUNIT_ASSERT(text.find("boom") != std::string::npos);
        CPPUNIT_ASSERT(text.find("GANTRY_SEED=9") != std::string::npos);
    }
    void refuses_what_is_no_number() {
        const Variable one("GANTRY_SEED", "many");
        CPPUNIT_ASSERT(failure([](std::uint64_t) {}).find("many") != std::string::npos);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SeedsTest);

}  // namespace
