#include <cppunit/extensions/HelperMacros.h>
#include <host/loader/gate.h>

using namespace gantry;
using host::check_gate;
using host::HostAbi;

namespace {

class GateTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(GateTest);
    CPPUNIT_TEST(lets_in_what_fits);
    CPPUNIT_TEST(lets_in_an_older_minor);
    CPPUNIT_TEST(refuses_another_major);
    CPPUNIT_TEST(refuses_a_newer_minor);
    CPPUNIT_TEST(names_the_part_of_the_fingerprint_that_differs);
    CPPUNIT_TEST(names_a_part_that_is_missing);
    CPPUNIT_TEST(refuses_a_fingerprint_with_a_part_too_many);
    CPPUNIT_TEST(this_program_fits_itself);
    CPPUNIT_TEST_SUITE_END();

    const HostAbi host_{2, 5, "libstdc++=12 strings=cxx11 sanitizer=none"};
    Descriptor plugin_{2, 5, host_.fingerprint, {}};

    std::string refusal() {
        const auto answer = check_gate(plugin_, host_);
        CPPUNIT_ASSERT(!answer.ok());
        CPPUNIT_ASSERT(answer.error().code == ErrorCode::plugin);
        return answer.error().message;
    }
    static bool has(const std::string& text, const std::string& part) {
        return text.find(part) != std::string::npos;
    }

    void lets_in_what_fits() { CPPUNIT_ASSERT(check_gate(plugin_, host_).ok()); }
    void lets_in_an_older_minor() {
        plugin_.abi_minor = 0;
        CPPUNIT_ASSERT(check_gate(plugin_, host_).ok());
    }
    void refuses_another_major() {
        plugin_.abi_major = 1;
        CPPUNIT_ASSERT_EQUAL(
            std::string("the plugin does not fit this host: abi.major is 1, but 2 is wanted; build "
                        "the plugin with this host's SDK"),
            refusal());
        plugin_.abi_major = 3;
        CPPUNIT_ASSERT(has(refusal(), "update the host"));
    }
    void refuses_a_newer_minor() {
        plugin_.abi_minor = 6;
        const auto words = refusal();
        CPPUNIT_ASSERT(has(words, "abi.minor is 6") && has(words, "at most 5"));
        CPPUNIT_ASSERT(has(words, "update the host"));
    }
    void names_the_part_of_the_fingerprint_that_differs() {
        plugin_.fingerprint = "libstdc++=12 strings=cxx11 sanitizer=thread";
        CPPUNIT_ASSERT_EQUAL(
            std::string("the plugin does not fit this host: the fingerprint's sanitizer is thread, "
                        "but none is wanted; build plugin and host with the same sanitizer, or "
                        "both without"),
            refusal());
    }
    void names_a_part_that_is_missing() {
        plugin_.fingerprint = "libstdc++=12 sanitizer=none";
        CPPUNIT_ASSERT(has(refusal(), "strings is missing, but cxx11 is wanted"));
    }
    void refuses_a_fingerprint_with_a_part_too_many() {
        plugin_.fingerprint = host_.fingerprint + " extra=1";
        CPPUNIT_ASSERT(has(refusal(), "extra=1"));
    }
    void this_program_fits_itself() {
        const auto own = host::this_host();
        CPPUNIT_ASSERT(check_gate({own.major, own.minor, own.fingerprint, {}}, own).ok());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(GateTest);

}  // namespace
