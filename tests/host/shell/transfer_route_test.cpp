#include "fakes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <host/shell/transfer_route.h>

using namespace gantry;
using namespace gantry::host;

class TransferRouteTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(TransferRouteTest);
    CPPUNIT_TEST(the_scheme_chooses_the_group);
    CPPUNIT_TEST(without_a_url_or_a_session_it_asks_where);
    CPPUNIT_TEST(a_scheme_of_no_plugin_is_refused);
    CPPUNIT_TEST(a_session_makes_urls_of_paths);
    CPPUNIT_TEST(values_of_options_stay_as_they_are);
    CPPUNIT_TEST(put_goes_to_the_sessions_folder);
    CPPUNIT_TEST(paths_do_not_leave_the_servers_root);
    CPPUNIT_TEST(what_a_url_cannot_hold_is_encoded);
    CPPUNIT_TEST(knows_schemes);
    CPPUNIT_TEST_SUITE_END();

    fakes::Catalog catalog_;
    std::optional<SessionPlace> place_;

    std::string routed(const std::vector<std::string>& words) {
        auto result = route_transfer(catalog_, words, place_);
        if (!result) return "error: " + describe(result.error());
        std::string text;
        for (const auto& word : *result) text += (text.empty() ? "" : " ") + word;
        return text;
    }

  public:
    void the_scheme_chooses_the_group() {
        CPPUNIT_ASSERT_EQUAL(std::string("cs get -o x cs://h/a"),
                             routed({"get", "-o", "x", "cs://h/a"}));
        CPPUNIT_ASSERT_EQUAL(std::string("cs put a cs://h/"), routed({"put", "a", "cs://h/"}));
    }
    void without_a_url_or_a_session_it_asks_where() {
        CPPUNIT_ASSERT(routed({"get", "a"}).find("get: say where: a URL") != std::string::npos);
        CPPUNIT_ASSERT(routed({"ls"}).find("'open URL' first") != std::string::npos);
    }
    void a_scheme_of_no_plugin_is_refused() {
        CPPUNIT_ASSERT(routed({"get", "gopher://h/"}).find("'gopher:'") != std::string::npos);
    }
    void a_session_makes_urls_of_paths() {
        place_ = SessionPlace{"cs://h:1", "music"};
        CPPUNIT_ASSERT_EQUAL(std::string("cs ls cs://h:1/music"), routed({"ls"}));
        CPPUNIT_ASSERT_EQUAL(std::string("cs ls cs://h:1/music/jazz"), routed({"ls", "jazz"}));
        CPPUNIT_ASSERT_EQUAL(std::string("cs get cs://h:1/music/a cs://h:1/b"),
                             routed({"get", "a", "/b"}));
        CPPUNIT_ASSERT_EQUAL(std::string("cs mirror cs://h:1/music/a here"),
                             routed({"mirror", "a", "here"}));
        CPPUNIT_ASSERT_EQUAL(std::string("cs get cs://other/x"), routed({"get", "cs://other/x"}));
    }
    void values_of_options_stay_as_they_are() {
        place_ = SessionPlace{"cs://h:1", ""};
        CPPUNIT_ASSERT_EQUAL(std::string("cs get -o out --no-resume cs://h:1/a"),
                             routed({"get", "-o", "out", "--no-resume", "a"}));
    }
    void put_goes_to_the_sessions_folder() {
        place_ = SessionPlace{"cs://h:1", "music"};
        CPPUNIT_ASSERT_EQUAL(std::string("cs put a b cs://h:1/music/"), routed({"put", "a", "b"}));
        CPPUNIT_ASSERT_EQUAL(std::string("cs put a cs://h:1/music/sub/"),
                             routed({"put", "a", "sub/"}));
        CPPUNIT_ASSERT_EQUAL(std::string("cs put a cs://x/"), routed({"put", "a", "cs://x/"}));
        place_ = SessionPlace{"cs://h:1", ""};
        CPPUNIT_ASSERT_EQUAL(std::string("cs put a cs://h:1/"), routed({"put", "a"}));
    }
    void paths_do_not_leave_the_servers_root() {
        CPPUNIT_ASSERT_EQUAL(std::string("a/c"), join_session_path("a/b", "../c"));
        CPPUNIT_ASSERT_EQUAL(std::string("c"), join_session_path("a", "../../../c"));
        CPPUNIT_ASSERT_EQUAL(std::string("x/y"), join_session_path("a", "//x/./y/"));
        CPPUNIT_ASSERT_EQUAL(std::string(""), join_session_path("a", ".."));
    }
    void what_a_url_cannot_hold_is_encoded() {
        CPPUNIT_ASSERT_EQUAL(std::string("cs://h/a%20b%25%3F%23%C3%A4"),
                             session_url({"cs://h", ""}, "a b%?#\xc3\xa4"));
    }
    void knows_schemes() {
        CPPUNIT_ASSERT_EQUAL(std::string("cs"), url_scheme("cs://h"));
        CPPUNIT_ASSERT_EQUAL(std::string("magnet"), url_scheme("magnet:?xt=urn"));
        for (const char* word : {"a:b", "cs:", "c:/x", "://x", "1x://h", "plain", "", "C:\\x"})
            CPPUNIT_ASSERT_EQUAL(std::string(), url_scheme(word));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(TransferRouteTest);
