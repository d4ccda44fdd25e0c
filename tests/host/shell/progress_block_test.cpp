#include <cppunit/extensions/HelperMacros.h>
#include <host/shell/progress_block.h>
#include <host/shell/text.h>

using namespace gantry;
using namespace gantry::host;

class ProgressBlockTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ProgressBlockTest);
    CPPUNIT_TEST(shows_title_bar_percentage_bytes_rate_and_time_left);
    CPPUNIT_TEST(a_job_without_a_total_has_no_bar);
    CPPUNIT_TEST(several_jobs_have_a_total);
    CPPUNIT_TEST(the_total_has_no_end_when_one_job_has_none);
    CPPUNIT_TEST(parts_stand_below_their_job);
    CPPUNIT_TEST(ended_jobs_are_not_shown);
    CPPUNIT_TEST(no_line_is_as_wide_as_the_screen_at_any_width);
    CPPUNIT_TEST(shows_at_most_the_rows_and_tells_how_many_more);
    CPPUNIT_TEST(a_job_that_stops_says_so);
    CPPUNIT_TEST(control_characters_in_a_title_are_written_out);
    CPPUNIT_TEST_SUITE_END();

    static JobSnapshot job(std::uint64_t id, std::uint64_t done,
                           std::optional<std::uint64_t> total) {
        JobSnapshot snapshot;
        snapshot.id = JobId(id);
        snapshot.title = "get " + std::to_string(id);
        snapshot.done = ByteCount(done);
        if (total) snapshot.total = ByteCount(*total);
        return snapshot;
    }
    static std::string shown(std::vector<JobSnapshot> jobs, std::size_t width = 100,
                             std::size_t rows = 8) {
        std::string text;
        for (const auto& line : render_progress(jobs, {width, rows, false})) text += line + "\n";
        return text;
    }

  public:
    void shows_title_bar_percentage_bytes_rate_and_time_left() {
        auto one = job(3, 512 * 1024, 1024 * 1024);
        one.rate = BytesPerSecond(1024 * 1024);
        one.time_left = std::chrono::seconds(65);
        CPPUNIT_ASSERT_EQUAL(
            std::string("%3 get 3                             [==========>         ]"
                        " 50%  512 KiB / 1.00 MiB  1.00 MiB/s  1m 05s\n"),
            shown({one}, 104));
    }
    void a_job_without_a_total_has_no_bar() {
        const auto text = shown({job(1, 2048, std::nullopt)});
        CPPUNIT_ASSERT(text.find('[') == std::string::npos);
        CPPUNIT_ASSERT(text.find("2.00 KiB") != std::string::npos);
    }
    void several_jobs_have_a_total() {
        const auto text = shown({job(1, 100, 200), job(2, 50, 100)});
        CPPUNIT_ASSERT(text.find("\ntotal ") != std::string::npos);
        CPPUNIT_ASSERT(text.find("150 B / 300 B") != std::string::npos);
        CPPUNIT_ASSERT(shown({job(1, 100, 200)}).find("total") == std::string::npos);
    }
    void the_total_has_no_end_when_one_job_has_none() {
        const auto text = shown({job(1, 100, 200), job(2, 50, std::nullopt)});
        const auto total = text.substr(text.find("total"));
        CPPUNIT_ASSERT(total.find('[') == std::string::npos);
        CPPUNIT_ASSERT(total.find("150 B") != std::string::npos);
    }
    void parts_stand_below_their_job() {
        auto part = job(2, 1, 2);
        part.parent = JobId(1);
        const auto text = shown({job(1, 1, 4), part, job(3, 1, 4)});
        CPPUNIT_ASSERT(text.find("%1 get 1") < text.find("    get 2"));
        CPPUNIT_ASSERT(text.find("    get 2") < text.find("%3 get 3"));
        CPPUNIT_ASSERT(text.find("2 B / 8 B") != std::string::npos);
    }
    void ended_jobs_are_not_shown() {
        auto ended = job(1, 1, 2);
        ended.state = JobState::succeeded;
        CPPUNIT_ASSERT_EQUAL(std::string(), shown({ended}));
        CPPUNIT_ASSERT_EQUAL(std::string(), shown({}));
    }
    void no_line_is_as_wide_as_the_screen_at_any_width() {
        auto one = job(1, 1'500'000'000, 3'000'000'000);
        one.title = "cs get cs://host:6789/a/rather/long/path/to/some/file.bin";
        one.rate = BytesPerSecond(123'456'789);
        one.time_left = std::chrono::hours(3);
        for (std::size_t width = 2; width < 200; ++width)
            for (const auto& line :
                 render_progress(std::vector{one, job(2, 5, std::nullopt)}, {width, 8, true}))
                CPPUNIT_ASSERT(display_width(line) < width);
    }
    void shows_at_most_the_rows_and_tells_how_many_more() {
        std::vector<JobSnapshot> jobs;
        for (std::uint64_t i = 1; i <= 10; ++i) jobs.push_back(job(i, i, 10));
        const auto lines = render_progress(jobs, {80, 5, false});
        CPPUNIT_ASSERT_EQUAL(std::size_t{5}, lines.size());
        CPPUNIT_ASSERT_EQUAL(std::string("    ... and 7 more"), lines[3]);
        CPPUNIT_ASSERT(lines[4].rfind("total", 0) == 0);
    }
    void a_job_that_stops_says_so() {
        auto one = job(1, 1, 2);
        one.state = JobState::cancelling;
        CPPUNIT_ASSERT(shown({one}).find("stopping") != std::string::npos);
    }
    void control_characters_in_a_title_are_written_out() {
        auto one = job(1, 1, 2);
        one.title = "a\x1b[2Jb";
        CPPUNIT_ASSERT(shown({one}).find('\x1b') == std::string::npos);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ProgressBlockTest);
