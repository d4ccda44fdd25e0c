#include <crypto/net/known_hosts_file.h>
#include <sys/stat.h>

#include <cppunit/extensions/HelperMacros.h>
#include <support/temporary_folder.h>

#include <thread>

namespace gantry::crypto {
namespace {

const Fingerprint kPrint = Fingerprint::parse(std::string(64, 'a')).value();

class KnownHostsFileTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(KnownHostsFileTest);
    CPPUNIT_TEST(a_missing_file_is_empty_and_is_made);
    CPPUNIT_TEST(what_was_there_stays);
    CPPUNIT_TEST(a_new_certificate_can_take_the_place_of_others);
    CPPUNIT_TEST(nothing_is_written_when_nothing_changes);
    CPPUNIT_TEST(a_damaged_file_is_not_touched);
    CPPUNIT_TEST(writers_at_the_same_time_lose_nothing);
    CPPUNIT_TEST_SUITE_END();

    testing::TemporaryFolder folder_;
    KnownHostsFile hosts_;
    TrustStore& file_ = hosts_;

  public:
    void setUp() override { hosts_.set_path(folder_ / "a/b/known_hosts"); }

    void a_missing_file_is_empty_and_is_made() {
        CPPUNIT_ASSERT(file_.load()->all().empty());
        CPPUNIT_ASSERT(file_.remember({"h", 1}, kPrint).value());
        CPPUNIT_ASSERT_EQUAL("h:1 " + kPrint.to_string() + "\n", folder_.read("a/b/known_hosts"));
        struct stat status {};
        CPPUNIT_ASSERT_EQUAL(0, ::stat(file_.path().c_str(), &status));
        CPPUNIT_ASSERT_EQUAL(0600U, status.st_mode & 0777U);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, file_.load()->find({"H", 1}).size());
    }
    void what_was_there_stays() {
        folder_.write("a/b/known_hosts", "# mine\nx:1 " + kPrint.to_string() + "\n");
        CPPUNIT_ASSERT(file_.remember({"h", 1}, kPrint).value());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, file_.forget({"x", 1}).value());
        CPPUNIT_ASSERT_EQUAL("# mine\nh:1 " + kPrint.to_string() + "\n",
                             folder_.read("a/b/known_hosts"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2},  // and the lock: no leftovers
                             folder_.names().size() - 2);
    }
    void a_new_certificate_can_take_the_place_of_others() {
        const auto other = Fingerprint::parse(std::string(64, 'b')).value();
        CPPUNIT_ASSERT(file_.remember({"h", 1}, kPrint).value());
        CPPUNIT_ASSERT(file_.remember({"h", 1}, other).value());
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, file_.load()->find({"h", 1}).size());
        const auto third = Fingerprint::parse(std::string(64, 'c')).value();
        CPPUNIT_ASSERT(file_.remember({"h", 1}, third, OtherPins::drop).value());
        CPPUNIT_ASSERT(file_.load()->find({"h", 1}) == std::vector{third});
    }
    void nothing_is_written_when_nothing_changes() {
        CPPUNIT_ASSERT(file_.remember({"h", 1}, kPrint).value());
        struct stat before {
        }, after{};
        CPPUNIT_ASSERT_EQUAL(0, ::stat(file_.path().c_str(), &before));
        CPPUNIT_ASSERT(!file_.remember({"h", 1}, kPrint).value());
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, file_.forget({"x", 1}).value());
        CPPUNIT_ASSERT_EQUAL(0, ::stat(file_.path().c_str(), &after));
        CPPUNIT_ASSERT_EQUAL(before.st_ino, after.st_ino);
    }
    void a_damaged_file_is_not_touched() {
        folder_.write("a/b/known_hosts", "nonsense\n");
        const auto outcome = file_.remember({"h", 1}, kPrint);
        CPPUNIT_ASSERT(outcome.error().code == ErrorCode::integrity);
        CPPUNIT_ASSERT_EQUAL(file_.path(), outcome.error().context);
        CPPUNIT_ASSERT_EQUAL(std::string("nonsense\n"), folder_.read("a/b/known_hosts"));
    }
    void writers_at_the_same_time_lose_nothing() {
        constexpr int kEach = 20;
        const auto write = [&](const std::string& name) {
            KnownHostsFile mine;
            mine.set_path(file_.path());
            for (int i = 1; i <= kEach; ++i)
                (void)mine.remember({name, static_cast<std::uint16_t>(i)}, kPrint, OtherPins::keep);
        };
        std::thread other([&] { write("a"); });
        write("b");
        other.join();
        CPPUNIT_ASSERT_EQUAL(std::size_t{2 * kEach}, file_.load()->all().size());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(KnownHostsFileTest);

}  // namespace
}  // namespace gantry::crypto
