#include <cppunit/extensions/HelperMacros.h>
#include <cs/wire/classic_catalogue.h>
#include <cs/wire/limits.h>

using namespace gantry;
using namespace gantry::cs;

class ClassicCatalogueTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ClassicCatalogueTest);
    CPPUNIT_TEST(cuts_lines_in_parts_of_every_size);
    CPPUNIT_TEST(a_line_without_the_dot_is_a_path_too);
    CPPUNIT_TEST(a_last_line_needs_no_line_feed);
    CPPUNIT_TEST(a_path_has_a_limit);
    CPPUNIT_TEST(a_catalogue_has_a_limit);
    CPPUNIT_TEST_SUITE_END();

    using Paths = std::vector<std::string>;

    static Paths decode(std::string_view text, std::size_t step) {
        ClassicCatalogueDecoder decoder;
        Paths all;
        for (std::size_t at = 0; at < text.size(); at += step) {
            const auto paths = decoder.receive(as_bytes(text.substr(at, step))).value();
            all.insert(all.end(), paths.begin(), paths.end());
        }
        if (auto last = decoder.finish(); !last.empty()) all.push_back(std::move(last));
        return all;
    }

  public:
    void cuts_lines_in_parts_of_every_size() {
        const auto text =
            classic_line("a.txt") + classic_line("sub/b.txt") + classic_line("\xC3\xA4");
        CPPUNIT_ASSERT_EQUAL(std::string("./a.txt\n./sub/b.txt\n./\xC3\xA4\n"), text);
        for (std::size_t step = 1; step <= text.size(); ++step)
            CPPUNIT_ASSERT(Paths({"a.txt", "sub/b.txt", "\xC3\xA4"}) == decode(text, step));
    }
    void a_line_without_the_dot_is_a_path_too() {
        CPPUNIT_ASSERT(Paths({"a", "/etc/b", "../c"}) == decode("a\n\n./\n/etc/b\n./../c\n", 3));
    }
    void a_last_line_needs_no_line_feed() {
        CPPUNIT_ASSERT(Paths({"a", "b"}) == decode("./a\n./b", 2));
    }
    void a_path_has_a_limit() {
        ClassicCatalogueDecoder decoder;
        const std::string longest(limits::kMaxPath, 'n');
        CPPUNIT_ASSERT(decoder.receive(as_bytes(classic_line(longest))));
        const auto refused = decoder.receive(as_bytes(classic_line(longest + "n")));
        CPPUNIT_ASSERT(refused.error().code == ErrorCode::limit);
    }
    void a_catalogue_has_a_limit() {
        ClassicCatalogueDecoder decoder;
        std::string line(4096, 'n');  // 16,384 of them are the limit
        line.back() = '\n';
        for (std::size_t i = 0; i < limits::kMaxCatalogue / line.size(); ++i)
            CPPUNIT_ASSERT(decoder.receive(as_bytes(line)));
        CPPUNIT_ASSERT(decoder.receive(as_bytes("\n")).error().code == ErrorCode::limit);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ClassicCatalogueTest);
