#include <gantry/crypto/known_hosts.h>

#include "prints.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gantry {
namespace {

class KnownHostsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(KnownHostsTest);
    CPPUNIT_TEST(reads_hosts_and_keeps_the_rest);
    CPPUNIT_TEST(finds_all_of_a_host_without_regard_to_case);
    CPPUNIT_TEST(adds_each_once_and_removes_all_of_a_host);
    CPPUNIT_TEST(a_line_that_does_not_fit_is_named);
    CPPUNIT_TEST(an_address_has_its_brackets);
    CPPUNIT_TEST(refuses_too_much);
    CPPUNIT_TEST_SUITE_END();

    const std::string text_ = "# mine\n\nA.example:1 sha256:" + std::string(64, 'a') +
                              "\n  b.example:2\tsha256:" + std::string(64, 'b') +
                              "  \r\na.example:1 " + std::string(64, 'c') + "\n";

  public:
    void reads_hosts_and_keeps_the_rest() {
        const auto known = KnownHosts::parse(text_).value();
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, known.all().size());
        CPPUNIT_ASSERT(known.all()[1] == (KnownHost{{"b.example", 2}, print_of('b')}));
        CPPUNIT_ASSERT_EQUAL(text_, known.to_text());
        CPPUNIT_ASSERT(KnownHosts::parse("")->all().empty());
        CPPUNIT_ASSERT_EQUAL(std::size_t{3},  // the last line may lack its end
                             KnownHosts::parse(text_.substr(0, text_.size() - 1))->all().size());
    }
    void finds_all_of_a_host_without_regard_to_case() {
        const auto known = KnownHosts::parse(text_).value();
        const std::vector<Fingerprint> wanted{print_of('a'), print_of('c')};
        CPPUNIT_ASSERT(known.find({"a.EXAMPLE", 1}) == wanted);
        CPPUNIT_ASSERT(known.find({"a.example", 2}).empty());
    }
    void adds_each_once_and_removes_all_of_a_host() {
        auto known = KnownHosts::parse(text_).value();
        CPPUNIT_ASSERT(!known.add({"A.example", 1}, print_of('c')).value());
        CPPUNIT_ASSERT(known.add({"C.example", 3}, print_of('d')).value());
        CPPUNIT_ASSERT_EQUAL(text_ + "c.example:3 sha256:" + std::string(64, 'd') + "\n",
                             known.to_text());
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, known.remove({"a.example", 1}));
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, known.remove({"a.example", 1}));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, known.all().size());
        CPPUNIT_ASSERT(known.to_text().starts_with("# mine\n"));
    }
    void a_line_that_does_not_fit_is_named() {
        const auto good = "a:1 sha256:" + std::string(64, 'a') + "\n";
        for (const std::string& bad :
             {std::string("a:1"), std::string("a sha256:") + "00", "a " + std::string(64, 'a'),
              "a:0 " + std::string(64, 'a'), "a:1 " + std::string(63, 'a'), good + "x"}) {
            const auto read = KnownHosts::parse(good + bad + "\n");
            CPPUNIT_ASSERT_MESSAGE(bad, !read.ok());
            CPPUNIT_ASSERT(read.error().code == ErrorCode::integrity);
            CPPUNIT_ASSERT_MESSAGE(read.error().message, read.error().message.find("line ") == 0);
        }
        CPPUNIT_ASSERT(KnownHosts::parse(good + "bad\n").error().message.find("line 2 ") == 0);
    }
    void an_address_has_its_brackets() {
        KnownHosts known;
        CPPUNIT_ASSERT(known.add({"2001:db8::1", 5}, print_of('a')).value());
        CPPUNIT_ASSERT(known.to_text().starts_with("[2001:db8::1]:5 sha256:"));
        const auto read = KnownHosts::parse(known.to_text()).value();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, read.find({"2001:db8::1", 5}).size());
        for (const auto* host : {"", "a b", "a\nb", "#a"})
            CPPUNIT_ASSERT_MESSAGE(host, !known.add({host, 5}, print_of('a')).ok());
    }
    void refuses_too_much() {
        CPPUNIT_ASSERT(
            KnownHosts::parse(std::string(KnownHosts::kMaxBytes + 1, '\n')).error().code ==
            ErrorCode::limit);
        std::string text;
        for (std::size_t i = 0; i < KnownHosts::kMaxHosts; ++i)
            text += "h:" + std::to_string(1 + i) + " " + std::string(64, 'a') + "\n";
        auto known = KnownHosts::parse(text).value();
        CPPUNIT_ASSERT(known.add({"other", 1}, print_of('a')).error().code == ErrorCode::limit);
        CPPUNIT_ASSERT(KnownHosts::parse(text + "z:1 " + std::string(64, 'a')).error().code ==
                       ErrorCode::limit);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(KnownHostsTest);

}  // namespace
}  // namespace gantry
