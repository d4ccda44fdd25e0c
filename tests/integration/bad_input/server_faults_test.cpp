#include "cs_fixture.h"

#include <poll.h>

#include <csignal>
#include <filesystem>
#include <functional>

namespace gantry::testing {
namespace {

namespace fs = std::filesystem;

// What a client does with a server that dies, lies or speaks something else.
class ServerFaultsTest : public CsFixture {
    CPPUNIT_TEST_SUITE(ServerFaultsTest);
    CPPUNIT_TEST(a_server_that_is_killed_in_the_middle_of_a_file);
    CPPUNIT_TEST(a_client_that_is_killed_in_the_middle_of_a_file);
    CPPUNIT_TEST(a_server_that_ends_in_the_middle_of_a_file);
    CPPUNIT_TEST(a_server_that_breaks_the_connection_in_the_middle_of_a_file);
    CPPUNIT_TEST(a_server_that_ends_before_it_answers);
    CPPUNIT_TEST(a_server_that_ends_after_the_bytes_and_before_the_proof);
    CPPUNIT_TEST(a_frame_that_is_longer_than_the_limit);
    CPPUNIT_TEST(a_frame_that_is_shorter_than_its_header);
    CPPUNIT_TEST(a_file_that_is_longer_than_it_was_said_to_be);
    CPPUNIT_TEST(a_file_that_is_shorter_than_it_was_said_to_be);
    CPPUNIT_TEST(a_file_whose_check_does_not_fit);
    CPPUNIT_TEST(a_server_of_another_protocol);
    CPPUNIT_TEST(a_size_that_no_disk_has);
    CPPUNIT_TEST_SUITE_END();

    static constexpr std::uint32_t kHuge = 0xFFFFFFF0;
    Listener listener_;

    // Runs a client against a server that `play` is, from the client's first request on.
    ProcessEnd get_from(const std::function<void(Connection&, std::uint32_t id)>& play) {
        Process client(gantry_command(
            {"cs", "get", local_url(listener_.port(), "file"), "-o", "got/file"}, home_.path()));
        Connection connection = listener_.accept();
        auto request = connection.receive_frame();
        if (request && request->type == wire::kHello) request = connection.receive_frame();
        CPPUNIT_ASSERT(request && request->type == wire::kRequest);
        play(connection, request->id);
        return client.wait();
    }
    // As above, and the client must fail like this and leave nothing.
    void refused(int status, const std::vector<std::string>& words,
                 const std::function<void(Connection&, std::uint32_t id)>& play) {
        failed(get_from(play), status, words);
        nothing_left("got");
    }
    static std::string data(std::uint32_t id, std::size_t size) {
        return wire::frame(wire::kData, wire::kFile, id, std::string(size, 'x'));
    }
    // Waits until a piece of the file is there: its root stands in the record of the pieces. There
    // is nothing to listen to: another process makes it.
    bool piece_appears(Process& client) const {
        constexpr std::size_t kHeader = 128;
        const std::string record = "got/.file.gantry-pieces.part";
        while (client.running()) {
            const auto text = fs::exists(home_ / record) ? home_.read(record) : std::string();
            if (text.find_first_not_of('\0', kHeader) != std::string::npos) return true;
            ::poll(nullptr, 0, 1);
        }
        return false;
    }
    static constexpr std::uintmax_t kLarge = std::uintmax_t{1} << 30U;
    void make_large_file() const {
        home_.write("served/file", "");
        fs::resize_file(home_ / "served/file", kLarge);  // sparse
    }
    // Another server of the same folder, and the same command again: it brings the rest.
    void goes_on() const {
        CPPUNIT_ASSERT(!fs::exists(home_ / "got/file"));
        CsServer server(home_, "served");
        const auto end = run({"--json", "cs", "get", server.url("file"), "-o", "got/file"});
        CPPUNIT_ASSERT_EQUAL_MESSAGE(end.err, 0, end.status.value_or(-1));
        CPPUNIT_ASSERT_MESSAGE(end.out, end.out.find("\"resumed\":") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(kLarge, fs::file_size(home_ / "got/file"));
        fs::remove(home_ / "got/file");
        nothing_left("got");
    }

    void a_server_that_is_killed_in_the_middle_of_a_file() {
        make_large_file();
        CsServer server(home_, "served");
        Process client(
            gantry_command({"cs", "get", server.url("file"), "-o", "got/file"}, home_.path()));
        const bool began = piece_appears(client);
        server.process().send_signal(SIGKILL);
        const ProcessEnd end = client.wait();
        CPPUNIT_ASSERT_MESSAGE(end.err, began);
        failed(end, kInterrupted, {"file", "goes on"});
        goes_on();
    }

    void a_client_that_is_killed_in_the_middle_of_a_file() {
        make_large_file();
        CsServer server(home_, "served");
        Process client(
            gantry_command({"cs", "get", server.url("file"), "-o", "got/file"}, home_.path()));
        const bool began = piece_appears(client);
        client.send_signal(SIGKILL);
        (void)client.wait();
        CPPUNIT_ASSERT(began);
        goes_on();
    }

    void a_server_that_ends_in_the_middle_of_a_file() {
        refused(kNetwork, {"file"}, [](Connection& connection, std::uint32_t id) {
            connection.send(wire::file_response(id, 1'000'000) + data(id, 50'000));
            connection.close();
        });
    }

    void a_server_that_breaks_the_connection_in_the_middle_of_a_file() {
        refused(kNetwork, {"file"}, [](Connection& connection, std::uint32_t id) {
            connection.send(wire::file_response(id, 1'000'000) + data(id, 50'000));
            connection.reset();
        });
    }

    void a_server_that_ends_before_it_answers() {
        refused(kNetwork, {"file"},
                [](Connection& connection, std::uint32_t) { connection.close(); });
    }

    void a_server_that_ends_after_the_bytes_and_before_the_proof() {
        refused(kNetwork, {"file"}, [](Connection& connection, std::uint32_t id) {
            connection.send(wire::file_response(id, 50'000) + data(id, 50'000));
            connection.close();
        });
    }

    void a_frame_that_is_longer_than_the_limit() {
        refused(kProtocol, {"file"}, [](Connection& connection, std::uint32_t id) {
            connection.send(wire::file_response(id, 1'000'000) +
                            wire::header(wire::kData, wire::kFile, id, kHuge));
            connection.await_end();
        });
        refused(kProtocol, {"file"}, [](Connection& connection, std::uint32_t id) {
            connection.send(wire::header(wire::kResponse, wire::kFile, id, kHuge));
            connection.await_end();
        });
    }

    void a_frame_that_is_shorter_than_its_header() {
        refused(kProtocol, {"file"}, [](Connection& connection, std::uint32_t id) {
            connection.send(wire::header(wire::kResponse, wire::kFile, id, 11));
            connection.await_end();
        });
    }

    void a_file_that_is_longer_than_it_was_said_to_be() {
        refused(kProtocol, {"file"}, [](Connection& connection, std::uint32_t id) {
            connection.send(wire::file_response(id, 10) + data(id, 11) + wire::file_end(id, 11));
            connection.await_end();
        });
    }

    void a_file_that_is_shorter_than_it_was_said_to_be() {
        refused(kProtocol, {"file"}, [](Connection& connection, std::uint32_t id) {
            connection.send(wire::file_response(id, 10) + data(id, 9) + wire::file_end(id, 9));
            connection.await_end();
        });
    }

    void a_file_whose_check_does_not_fit() {
        refused(kIntegrity, {"file"}, [](Connection& connection, std::uint32_t id) {
            const std::string crc32c = wire::number(1, 1);
            const std::string wrong = crc32c + wire::number(0xDEADBEEF, 4);
            connection.send(
                wire::frame(wire::kResponse, wire::kFile, id,
                            wire::field(0x0003, wire::number(5, 8)) + wire::field(0x8005, crc32c)) +
                wire::frame(wire::kData, wire::kFile, id, "hello") +
                wire::frame(wire::kEnd, wire::kFile, id,
                            wire::field(0x0007, wire::number(5, 8)) + wire::field(0x0006, wrong)));
            connection.await_end();
        });
    }

    void a_server_of_another_protocol() {
        refused(kProtocol, {"file"}, [](Connection& connection, std::uint32_t) {
            connection.send("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
            connection.await_end();
        });
    }

    void a_size_that_no_disk_has() {
        refused(kNoSpace, {"file"}, [](Connection& connection, std::uint32_t id) {
            connection.send(wire::file_response(id, std::uint64_t{1} << 62) + data(id, 1000));
            connection.await_end();
        });
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ServerFaultsTest);

}  // namespace
}  // namespace gantry::testing
