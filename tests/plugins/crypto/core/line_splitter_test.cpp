#include <crypto/core/line_splitter.h>

#include <cppunit/extensions/HelperMacros.h>

#include <vector>

namespace gantry::crypto {
namespace {

class LineSplitterTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LineSplitterTest);
    CPPUNIT_TEST(gives_the_same_lines_however_the_text_is_cut);
    CPPUNIT_TEST(the_last_line_needs_no_line_feed);
    CPPUNIT_TEST(waits_for_the_end_of_a_line);
    CPPUNIT_TEST(a_line_that_is_too_long_comes_cut_and_once);
    CPPUNIT_TEST(holds_no_more_than_a_line);
    CPPUNIT_TEST_SUITE_END();

    using Lines = std::vector<std::string>;
    static Lines split(std::string_view text, std::size_t step) {
        LineSplitter splitter;
        Lines lines;
        const auto take = [&] {
            while (auto line = splitter.next()) lines.push_back(std::move(*line));
        };
        for (std::size_t at = 0; at < text.size(); at += step) {
            splitter.feed(as_bytes(text.substr(at, step)));
            take();
        }
        splitter.finish();
        take();
        return lines;
    }

  public:
    void gives_the_same_lines_however_the_text_is_cut() {
        const Lines expected{"one", "", "three\r", " four"};
        for (std::size_t step = 1; step < 20; ++step)
            CPPUNIT_ASSERT(split("one\n\nthree\r\n four\n", step) == expected);
    }
    void the_last_line_needs_no_line_feed() {
        CPPUNIT_ASSERT((split("one\ntwo", 100) == Lines{"one", "two"}));
        CPPUNIT_ASSERT(split("", 1).empty());
        CPPUNIT_ASSERT(split("\n", 1) == Lines{""});
    }
    void waits_for_the_end_of_a_line() {
        LineSplitter splitter;
        splitter.feed(as_bytes("on"));
        CPPUNIT_ASSERT(!splitter.next());
        splitter.feed(as_bytes("e\ntwo"));
        CPPUNIT_ASSERT(splitter.next() == "one");
        CPPUNIT_ASSERT(!splitter.next());
    }
    void a_line_that_is_too_long_comes_cut_and_once() {
        const std::string longest(LineSplitter::kMaxLine, 'x');
        for (const std::size_t step :
             {std::size_t{1000}, std::size_t{20'000}, std::size_t{70'000}}) {
            CPPUNIT_ASSERT((split(longest + "\nend\n", step) == Lines{longest, "end"}));
            CPPUNIT_ASSERT((split(longest + "x\nend\n", step) == Lines{longest + "x", "end"}));
            CPPUNIT_ASSERT((split(longest + longest + longest + "\nend\n", step) ==
                            Lines{longest + "x", "end"}));
            CPPUNIT_ASSERT((split(longest + longest, step) == Lines{longest + "x"}));
        }
    }
    void holds_no_more_than_a_line() {
        LineSplitter splitter;
        const std::string block(1000, 'x');
        std::size_t lines = 0;
        for (int i = 0; i < 1000; ++i) {
            splitter.feed(as_bytes(block));
            if (splitter.next()) ++lines;
        }
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, lines);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(LineSplitterTest);

}  // namespace
}  // namespace gantry::crypto
