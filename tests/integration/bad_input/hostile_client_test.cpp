#include "cs_fixture.h"

#include <sys/resource.h>

#include <filesystem>
#include <iostream>
#include <memory>
#include <thread>

namespace gantry::testing {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

// What a server does with clients that try to hold it up, fill it up or get out of its folder.
class HostileClientTest : public CsFixture {
    CPPUNIT_TEST_SUITE(HostileClientTest);
    CPPUNIT_TEST(names_that_try_to_leave_the_root);
    CPPUNIT_TEST(links_that_leave_the_root);
    CPPUNIT_TEST(a_frame_that_is_longer_than_the_limit);
    CPPUNIT_TEST(bytes_of_another_protocol);
    CPPUNIT_TEST(a_client_that_leaves_in_the_middle_of_a_file);
    CPPUNIT_TEST(a_client_that_drips_its_request);
    CPPUNIT_TEST(a_thousand_connections_that_say_nothing);
    CPPUNIT_TEST_SUITE_END();

    static constexpr std::uint16_t kUsageCode = 2, kDeniedCode = 12, kProtocolCode = 13;

    std::unique_ptr<CsServer> server_;

    void serves_others() {
        succeeded(run({"cs", "get", server_->url("file"), "-o", "got"}));
        CPPUNIT_ASSERT_EQUAL(std::string("served"), home_.read("got"));
        fs::remove(home_ / "got");
    }
    // Sends a request and demands an error with one of two codes that tells nothing of the secret.
    void denied(Connection& connection, const std::string& request, const std::string& what) {
        CPPUNIT_ASSERT(connection.send(request));
        const auto answer = connection.receive_frame();
        CPPUNIT_ASSERT_MESSAGE(what, answer && answer->type == wire::kError && answer->id != 0);
        const std::uint16_t code = wire::error_code(*answer);
        CPPUNIT_ASSERT_MESSAGE(what + std::to_string(code),
                               code == kDeniedCode || code == kUsageCode);
        CPPUNIT_ASSERT(answer->body.find("secret") == std::string::npos);
        CPPUNIT_ASSERT(answer->body.find(home_.path().string()) == std::string::npos);
    }

    // Waits until the server has this many descriptors open, which nothing tells from outside.
    bool server_holds(std::size_t descriptors) const {
        const auto deadline = std::chrono::steady_clock::now() + 8s;
        while (server_->open_descriptors() < descriptors) {
            if (std::chrono::steady_clock::now() > deadline) return false;
            std::this_thread::yield();
        }
        return true;
    }

  public:
    void setUp() override {
        home_.write("secret.txt", "secret");
        home_.write("served/file", "served");
        server_ = std::make_unique<CsServer>(home_, "served");
    }

    void names_that_try_to_leave_the_root() {
        const std::string names[] = {"../secret.txt",
                                     "..",
                                     "/etc/passwd",
                                     home_ / "secret.txt",
                                     "a/../../secret.txt",
                                     "./../secret.txt",
                                     "file/..",
                                     std::string("..\0", 3),
                                     std::string("file\0x", 6),
                                     std::string(256, 'n')};
        Connection connection = Connection::to(server_->port());
        std::uint32_t id = 0;
        for (const std::string& name : names) {
            denied(connection, wire::file_request(++id, name), "file " + name + ' ');
            denied(connection, wire::listing_request(++id, name), "listing " + name + ' ');
        }
        // The connection is as good as before.
        CPPUNIT_ASSERT(connection.send(wire::file_request(++id, "file")));
        const auto response = connection.receive_frame();
        CPPUNIT_ASSERT(response && response->type == wire::kResponse);
        const auto bytes = connection.receive_frame();
        CPPUNIT_ASSERT(bytes && bytes->type == wire::kData);
        CPPUNIT_ASSERT_EQUAL(std::string("served"), bytes->body);
    }

    void links_that_leave_the_root() {
        fs::create_symlink("../secret.txt", home_ / "served/relative");
        fs::create_symlink(home_ / "secret.txt", home_ / "served/absolute");
        fs::create_directory_symlink("..", home_ / "served/up");
        fs::create_symlink("/proc/self/root", home_ / "served/magic");
        Connection connection = Connection::to(server_->port());
        std::uint32_t id = 0;
        for (const char* name : {"relative", "absolute", "up/secret.txt", "magic/etc/passwd"})
            denied(connection, wire::file_request(++id, name), name);
        denied(connection, wire::listing_request(++id, "up"), "up");
        const ProcessEnd listing = run({"cs", "ls", server_->url(""), "--recursive"});
        succeeded(listing);
        CPPUNIT_ASSERT(listing.out.find("secret") == std::string::npos);
    }

    void a_frame_that_is_longer_than_the_limit() {
        for (const std::uint32_t length : {0xFFFFFFFFU, 3U << 20, 0U, 11U}) {
            Connection connection = Connection::to(server_->port());
            CPPUNIT_ASSERT(connection.send(wire::header(wire::kRequest, wire::kFile, 1, length)));
            const auto answer = connection.receive_frame();
            CPPUNIT_ASSERT_MESSAGE(std::to_string(length),
                                   answer && answer->type == wire::kError && answer->id == 0);
            CPPUNIT_ASSERT_EQUAL(kProtocolCode, wire::error_code(*answer));
            connection.await_end();
        }
        serves_others();
    }

    void bytes_of_another_protocol() {
        Connection connection = Connection::to(server_->port());
        CPPUNIT_ASSERT(connection.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        connection.await_end();
        serves_others();
    }

    void a_client_that_leaves_in_the_middle_of_a_file() {
        home_.write("served/large", "");
        fs::resize_file(home_ / "served/large", std::uintmax_t{1} << 30);
        const std::size_t before = server_->open_descriptors();
        for (int round = 0; round < 20; ++round) {
            Connection connection = Connection::to(server_->port());
            CPPUNIT_ASSERT(connection.send(wire::file_request(1, "large")));
            CPPUNIT_ASSERT(!connection.receive().empty());
            if (round % 2 == 0) connection.reset();
        }
        serves_others();
        const auto deadline = std::chrono::steady_clock::now() + 20s;
        while (server_->open_descriptors() > before && std::chrono::steady_clock::now() < deadline)
            serves_others();
        CPPUNIT_ASSERT_EQUAL(before, server_->open_descriptors());
    }

    // One byte of a request now and then: the server gives it ten seconds for all of it.
    void a_client_that_drips_its_request() {
        const auto start = std::chrono::steady_clock::now();
        Connection connection = Connection::to(server_->port());
        const std::string request = wire::listing_request(1, std::string(200, 'n'));
        std::size_t sent = 0;
        while (sent < request.size() && !connection.readable(250ms)) {
            if (sent == 4) serves_others();
            if (!connection.send(request.substr(sent++, 1))) break;
        }
        CPPUNIT_ASSERT_MESSAGE("the server took every byte", sent < request.size());
        connection.await_end();
        const auto elapsed = std::chrono::steady_clock::now() - start;
        CPPUNIT_ASSERT(elapsed > 5s && elapsed < 40s);
        serves_others();
    }

    void a_thousand_connections_that_say_nothing() {
        constexpr std::size_t kConnections = 1000;
        constexpr std::size_t kBytesEach = 16 * 1024;
        rlimit limit{};
        ::getrlimit(RLIMIT_NOFILE, &limit);
        limit.rlim_cur = limit.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &limit);
        serves_others();
        const std::size_t before = server_->resident_bytes();
        const std::size_t descriptors = server_->open_descriptors();
        std::vector<Connection> silent;
        for (std::size_t i = 0; i < kConnections; ++i)
            silent.push_back(Connection::to(server_->port()));
        CPPUNIT_ASSERT(server_holds(descriptors + kConnections));
        const std::size_t after = server_->resident_bytes();
        std::cout << " (" << (after > before ? after - before : 0) / kConnections
                  << " bytes resident each)";
        CPPUNIT_ASSERT(after < before + kConnections * kBytesEach);
        serves_others();
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(HostileClientTest);

}  // namespace
}  // namespace gantry::testing
