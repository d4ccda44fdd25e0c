#include <gantry/crypto/secret.h>

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <ostream>
#include <sstream>
#include <type_traits>
#include <vector>

namespace gantry {
namespace {

template <class T>
concept Printable = requires(std::ostream& out, const T& value) {
    out << value;
};
static_assert(!Printable<Secret> && Printable<int>);
static_assert(!std::is_copy_constructible_v<Secret> && !std::is_copy_assignable_v<Secret>);
static_assert(std::is_nothrow_move_constructible_v<Secret>);

// The "VmFlags" that the kernel has for the mapping with this address.
std::string flags_of_mapping(const void* address) {
    const auto at = reinterpret_cast<std::uintptr_t>(address);
    std::ifstream maps("/proc/self/smaps");
    bool here = false;
    for (std::string line; std::getline(maps, line);) {
        std::uintptr_t first = 0, end = 0;
        char dash = 0;
        std::istringstream fields(line);
        if (fields >> std::hex >> first >> dash >> end && dash == '-')
            here = first <= at && at < end;
        if (here && line.rfind("VmFlags:", 0) == 0) return line + " ";
    }
    return {};
}

class SecretTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SecretTest);
    CPPUNIT_TEST(holds_what_it_was_given);
    CPPUNIT_TEST(starts_as_zeros);
    CPPUNIT_TEST(moving_leaves_nothing_behind);
    CPPUNIT_TEST(shrinking_wipes_the_rest);
    CPPUNIT_TEST(large_ones_have_several_pages);
    CPPUNIT_TEST(is_left_out_of_core_dumps);
    CPPUNIT_TEST(wiping_overwrites_every_byte);
    CPPUNIT_TEST(compares_all_bytes_and_lengths);
    CPPUNIT_TEST_SUITE_END();

  public:
    void holds_what_it_was_given() {
        const Secret secret(as_bytes("open sesame"));
        CPPUNIT_ASSERT_EQUAL(std::string("open sesame"), std::string(as_text(secret.view())));
        CPPUNIT_ASSERT(Secret(ByteView{}).empty() && Secret().empty() && !secret.empty());
    }
    void starts_as_zeros() {
        const Secret secret(100);
        CPPUNIT_ASSERT_EQUAL(std::size_t{100}, secret.size());
        CPPUNIT_ASSERT(
            std::ranges::all_of(secret.view(), [](auto b) { return b == std::byte{0}; }));
    }
    void moving_leaves_nothing_behind() {
        Secret first(as_bytes("one"));
        Secret second(std::move(first));
        CPPUNIT_ASSERT(first.empty());  // NOLINT: that is the test
        Secret third(as_bytes("three"));
        third = std::move(second);
        CPPUNIT_ASSERT(second.empty());
        CPPUNIT_ASSERT_EQUAL(std::string("one"), std::string(as_text(third.view())));
    }
    void shrinking_wipes_the_rest() {
        Secret secret(as_bytes("open sesame"));
        const auto* const rest = secret.view().data() + 4;
        secret.shrink(4);
        CPPUNIT_ASSERT_EQUAL(std::string("open"), std::string(as_text(secret.view())));
        CPPUNIT_ASSERT(std::all_of(rest, rest + 7, [](auto b) { return b == std::byte{0}; }));
    }
    void large_ones_have_several_pages() {
        Secret secret(100'000);
        std::ranges::fill(secret.bytes(), std::byte{7});
        CPPUNIT_ASSERT(secret.view().back() == std::byte{7});
    }
    void is_left_out_of_core_dumps() {
        const Secret secret(as_bytes("open sesame"));
        const auto flags = flags_of_mapping(secret.view().data());
        CPPUNIT_ASSERT_MESSAGE(flags, flags.find(" dd ") != std::string::npos);
    }
    void wiping_overwrites_every_byte() {
        std::vector<std::byte> bytes(1000, std::byte{0xff});
        wipe(bytes);
        CPPUNIT_ASSERT(bytes == std::vector<std::byte>(1000));
        wipe({});
    }
    void compares_all_bytes_and_lengths() {
        std::vector<std::byte> a(33, std::byte{5});
        CPPUNIT_ASSERT(equal_in_constant_time(a, a) && equal_in_constant_time({}, {}));
        CPPUNIT_ASSERT(!equal_in_constant_time(a, ByteView(a).first(32)));
        for (std::size_t i = 0; i < a.size(); ++i) {
            auto b = a;
            b[i] ^= std::byte{0x80};
            CPPUNIT_ASSERT(!equal_in_constant_time(a, b));
        }
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SecretTest);

}  // namespace
}  // namespace gantry
