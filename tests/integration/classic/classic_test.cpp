#include "cs_fixture.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

using namespace gantry::testing;

// --wire classic of the real program, against itself and against programs that share no code with
// it.
class ClassicIntegrationTest : public CsFixture {
    CPPUNIT_TEST_SUITE(ClassicIntegrationTest);
    CPPUNIT_TEST(gantry_to_gantry);
    CPPUNIT_TEST(another_client_gets_and_lists);
    CPPUNIT_TEST(another_client_finds_no_way_out_of_the_root);
    CPPUNIT_TEST(another_server_is_listed_and_fetched_from);
    CPPUNIT_TEST(another_server_in_small_pieces);
    CPPUNIT_TEST(a_reply_without_its_end_leaves_nothing);
    CPPUNIT_TEST_SUITE_END();

    static std::string content(std::size_t size) {
        std::string out(size, '\0');
        std::uint32_t x = 1;
        for (auto& c : out) c = static_cast<char>((x = x * 1664525 + 1013904223) >> 24U);
        return out;
    }
    static ProcessSpec script(const std::string& name, std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), {PYTHON3, "-B", std::string(SCRIPTS) + "/" + name});
        return {std::move(arguments), {}, {}, {}};
    }
    CsServer serve() {
        return CsServer(gantry_command(
            {"cs", "serve", "served", "--wire", "classic", "--listen", "127.0.0.1:0"},
            home_.path()));
    }
    static ProcessEnd ask(const CsServer& server, int service, const std::string& name) {
        return run_process(
            script("client.py", {std::to_string(server.port()), std::to_string(service), name}));
    }
    // A server in Python; answers its port.
    std::uint16_t start(Process& process) {
        const auto line = process.line_of_output("port ");
        CPPUNIT_ASSERT(line.has_value());
        return static_cast<std::uint16_t>(std::stoi(line->substr(5)));
    }
    void fetch_all(std::uint16_t port, bool encrypt) {
        for (const auto& [name, size] : kFiles) {
            std::vector<std::string> words{"cs", "get", "--wire", "classic", local_url(port, name),
                                           "-o", "copy"};
            if (encrypt) words.push_back("--encrypt");
            succeeded(run(words));
            CPPUNIT_ASSERT_MESSAGE(name, content(size) == home_.read("copy"));
        }
    }

    const std::vector<std::pair<std::string, std::size_t>> kFiles{
        {"empty", 0},     {"one", 1},    {"block", 16},
        {"packet", 1024}, {"two", 2048}, {"sub/more", 50'001}};

  public:
    void setUp() override {
        for (const auto& [name, size] : kFiles) home_.write("served/" + name, content(size));
    }

    void gantry_to_gantry() {
        home_.write("served/large", content(5'000'000));
        auto server = serve();
        fetch_all(server.port(), false);
        fetch_all(server.port(), true);
        const auto got = run({"--json", "cs", "get", "--wire", "classic", server.url("large")});
        succeeded(got);
        CPPUNIT_ASSERT(got.out.find("\"wire\":\"classic\"") != std::string::npos);
        CPPUNIT_ASSERT(got.out.find("digest") == std::string::npos);
        CPPUNIT_ASSERT(got.err.find("insecure") != std::string::npos);
        CPPUNIT_ASSERT(content(5'000'000) == home_.read("large"));
        failed(run({"cs", "get", "--wire", "classic", server.url("none")}), kNotFound, {"none"});
        succeeded(run({"cs", "get", "--wire", "classic", server.url("sub/"), "-o", "all"}));
        CPPUNIT_ASSERT(content(50'001) == home_.read("all/more"));
    }
    void another_client_gets_and_lists() {
        auto server = serve();
        for (const auto& [name, size] : kFiles)
            for (const int service : {0, 1}) {
                const auto end = ask(server, service, "./" + name);
                succeeded(end);
                CPPUNIT_ASSERT_MESSAGE(name, content(size) == end.out);
            }
        const auto listing = ask(server, 2, "");
        succeeded(listing);
        CPPUNIT_ASSERT_EQUAL(std::string("./block\n./empty\n./one\n./packet\n./two\n./sub/more\n"),
                             listing.out);
        for (int i = 100; i < 400; ++i) home_.write("served/many/" + std::to_string(i), "");
        const auto large = ask(server, 2, "ignored");
        succeeded(large);
        CPPUNIT_ASSERT_EQUAL(
            306L, static_cast<long>(std::count(large.out.begin(), large.out.end(), '\n')));
    }
    void another_client_finds_no_way_out_of_the_root() {
        home_.write("secret", "secret");
        const auto served = home_ / "served";
        CPPUNIT_ASSERT_EQUAL(0, ::symlink("../secret", (served / "out").c_str()));
        CPPUNIT_ASSERT_EQUAL(0, ::symlink("/etc", (served / "etc").c_str()));
        CPPUNIT_ASSERT_EQUAL(0, ::symlink("one", (served / "in").c_str()));
        CPPUNIT_ASSERT_EQUAL(0, ::mkfifo((served / "pipe").c_str(), 0600));
        home_.write("served/" + std::string("\xFF", 1), "not UTF-8");
        auto server = serve();
        for (const auto* name : {"../secret", "sub/../../secret", "/etc/passwd", "out",
                                 "etc/passwd", "pipe", "sub", "", ".", "..", "\xFF", "none"})
            for (const int service : {0, 1}) {
                const auto end = ask(server, service, name);
                CPPUNIT_ASSERT_EQUAL_MESSAGE(name + end.err, 3, end.status.value_or(-1));
                CPPUNIT_ASSERT_EQUAL(std::string(), end.out);
            }
        CPPUNIT_ASSERT_EQUAL_MESSAGE("too long", 3,
                                     ask(server, 0, std::string(200, 'n')).status.value_or(-1));
        CPPUNIT_ASSERT_EQUAL(content(1), ask(server, 0, "in").out);
        CPPUNIT_ASSERT_EQUAL(std::string("./block\n./empty\n./one\n./packet\n./two\n./sub/more\n"),
                             ask(server, 2, "").out);
    }
    void another_server_is_listed_and_fetched_from() {
        Process server(script("server.py", {(home_ / "served").string()}));
        const auto port = start(server);
        fetch_all(port, false);
        fetch_all(port, true);
        const auto listing =
            run({"cs", "ls", "--recursive", "--wire", "classic", local_url(port, "")});
        succeeded(listing);
        CPPUNIT_ASSERT_EQUAL(std::string("block\nempty\none\npacket\nsub/more\ntwo\n"),
                             listing.out);
        succeeded(run({"cs", "get", "--wire", "classic", local_url(port, ""), "-o", "all"}));
        for (const auto& [name, size] : kFiles)
            CPPUNIT_ASSERT_MESSAGE(name, content(size) == home_.read("all/" + name));
        failed(run({"cs", "get", "--wire", "classic", local_url(port, "none")}), kNotFound,
               {"none"});
    }
    void another_server_in_small_pieces() {
        for (const auto* piece : {"1", "7", "5000"}) {
            Process server(script("server.py", {(home_ / "served").string(), piece}));
            const auto port = start(server);
            fetch_all(port, *piece == '7');
        }
    }
    void a_reply_without_its_end_leaves_nothing() {
        home_.write("served/cut", content(3000));
        Process server(script("server.py", {(home_ / "served").string()}));
        const auto port = start(server);
        failed(run({"cs", "get", "--wire", "classic", local_url(port, "cut"), "-o", "into/cut"}),
               kNetwork, {"cut"});
        nothing_left("into");
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ClassicIntegrationTest);
