#include <cppunit/extensions/HelperMacros.h>
#include <cs/app/access_log_writer.h>
#include <gantry/testing/virtual_pool.h>

#include <string>
#include <thread>
#include <vector>

using namespace gantry;
using namespace gantry::cs;
using namespace gantry::testing;

class AccessLogWriterTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AccessLogWriterTest);
    CPPUNIT_TEST(writes_on_the_pool_what_was_added_in_its_order);
    CPPUNIT_TEST(collects_for_a_moment);
    CPPUNIT_TEST(what_does_not_fit_is_left_out_and_counted);
    CPPUNIT_TEST(a_flush_tells_when_all_is_written);
    CPPUNIT_TEST(the_last_lines_are_written_without_the_pool);
    CPPUNIT_TEST(lines_come_from_any_thread);
    CPPUNIT_TEST_SUITE_END();

    VirtualClock clock_;
    VirtualLoop home_{clock_, "home"};
    VirtualPool pool_{clock_};
    PoolRunner runner_{pool_, home_};
    std::vector<std::string> lines_;
    bool on_home_ = false;  // the last line was written there
    std::shared_ptr<AccessLogWriter> writer_ =
        std::make_shared<AccessLogWriter>(home_, runner_, [this](const std::string& line) {
            on_home_ = home_.on_loop_thread();
            lines_.push_back(line);
        });

    void add(const std::string& path) {
        writer_->add({Endpoint::parse("127.0.0.1:1").value(), "file", path, 0, {}, {}});
    }

  public:
    void writes_on_the_pool_what_was_added_in_its_order() {
        add("a");
        add("b");
        CPPUNIT_ASSERT(lines_.empty());
        clock_.run_for(AccessLogWriter::kCollect);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, lines_.size());
        CPPUNIT_ASSERT_EQUAL(std::string("127.0.0.1:1 file a 0 bytes in 0.0 ms: ok"), lines_[0]);
        CPPUNIT_ASSERT(lines_[1].find(" file b ") != std::string::npos);
        CPPUNIT_ASSERT(!on_home_);
    }
    void collects_for_a_moment() {
        for (int i = 0; i < 10; ++i) {
            add("a");
            clock_.run_for(AccessLogWriter::kCollect / 20);
        }
        CPPUNIT_ASSERT(lines_.empty());
        clock_.run_for(AccessLogWriter::kCollect);
        CPPUNIT_ASSERT_EQUAL(std::size_t{10}, lines_.size());
    }
    void what_does_not_fit_is_left_out_and_counted() {
        for (std::size_t i = 0; i < AccessLogWriter::kMaxWaiting + 3; ++i) add("a");
        clock_.run_for(std::chrono::seconds(1));
        CPPUNIT_ASSERT_EQUAL(AccessLogWriter::kMaxWaiting + 1, lines_.size());
        CPPUNIT_ASSERT(lines_.back().find("left out 3 requests") != std::string::npos);
    }
    void a_flush_tells_when_all_is_written() {
        std::size_t written = 0;
        add("a");
        writer_->flush([&] { written = lines_.size(); });
        clock_.run_ready();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, written);
        bool again = false;
        writer_->flush([&] { again = true; });
        clock_.run_ready();
        CPPUNIT_ASSERT(again);
    }
    void the_last_lines_are_written_without_the_pool() {
        pool_.close();
        add("a");
        bool over = false;
        writer_->flush([&] { over = true; });
        clock_.run_ready();
        CPPUNIT_ASSERT(over && on_home_);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, lines_.size());
    }
    void lines_come_from_any_thread() {
        const auto work = [this] {
            for (int i = 0; i < 500; ++i) add("a");
        };
        std::thread first(work);
        std::thread second(work);
        first.join();
        second.join();
        clock_.run_for(std::chrono::seconds(1));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1000}, lines_.size());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(AccessLogWriterTest);
