#include "cs_fixture.h"

#include <support/child.h>

#include <filesystem>

namespace gantry::testing {
namespace {

namespace fs = std::filesystem;

// Faults of this machine: files, folders, ports and disks.
class LocalFaultsTest : public CsFixture {
    CPPUNIT_TEST_SUITE(LocalFaultsTest);
    CPPUNIT_TEST(a_file_that_the_server_does_not_have);
    CPPUNIT_TEST(a_missing_file_as_json);
    CPPUNIT_TEST(a_missing_local_file);
    CPPUNIT_TEST(some_files_of_several_are_missing);
    CPPUNIT_TEST(a_port_that_is_in_use);
    CPPUNIT_TEST(a_port_where_nobody_listens);
    CPPUNIT_TEST(a_folder_that_the_server_may_not_read);
    CPPUNIT_TEST(a_folder_that_the_client_may_not_write);
    CPPUNIT_TEST(a_served_folder_that_may_not_be_opened);
    CPPUNIT_TEST(a_full_disk);
    CPPUNIT_TEST_SUITE_END();

    void a_file_that_the_server_does_not_have() {
        home_.write("served/there", "");
        CsServer server(home_, "served");
        failed(run({"cs", "get", server.url("none.txt"), "-o", "got.txt"}), kNotFound,
               {"none.txt"});
        failed(run({"cs", "get", server.url("no/folder/file"), "-o", "new/"}), kNotFound, {"file"});
        failed(run({"cs", "ls", server.url("nowhere")}), kNotFound, {"nowhere"});
        CPPUNIT_ASSERT(!fs::exists(home_ / "got.txt"));
        nothing_left("new");
    }

    void a_missing_file_as_json() {
        home_.write("served/there", "");
        CsServer server(home_, "served");
        const ProcessEnd end = run({"--json", "cs", "get", server.url("none.txt"), "-o", "got"});
        CPPUNIT_ASSERT_EQUAL(kNotFound, end.status.value_or(-1));
        for (const char* part :
             {"\"ok\":false", "\"code\":3", "\"name\":\"not_found\"", "none.txt"})
            CPPUNIT_ASSERT_MESSAGE(end.out, end.out.find(part) != std::string::npos);
        CPPUNIT_ASSERT(!fs::exists(home_ / "got"));
    }

    void a_missing_local_file() {
        failed(run({"crypto", "digest", "none.bin"}), kNotFound, {"none.bin"});
        failed(run({"-f", "none.gantry"}), kNotFound, {"none.gantry"});
    }

    void some_files_of_several_are_missing() {
        home_.write("served/a", "aaa");
        home_.write("served/c", "ccc");
        CsServer server(home_, "served");
        const ProcessEnd end =
            run({"cs", "get", server.url("a"), server.url("b"), server.url("c"), "-o", "got"});
        CPPUNIT_ASSERT_EQUAL_MESSAGE(end.err, kPartial, end.status.value_or(-1));
        CPPUNIT_ASSERT_MESSAGE(end.err, end.err.find("b") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(std::string("aaa"), home_.read("got/a"));
        CPPUNIT_ASSERT_EQUAL(std::string("ccc"), home_.read("got/c"));
        CPPUNIT_ASSERT(!fs::exists(home_ / "got/b"));
    }

    void a_port_that_is_in_use() {
        home_.write("served/there", "");
        const Listener taken;
        const std::string at = "127.0.0.1:" + std::to_string(taken.port());
        failed(run({"cs", "serve", "served", "--listen", at}), kNetwork, {at, "in use"});
    }

    void a_port_where_nobody_listens() {
        std::uint16_t port = 0;
        {
            const Listener gone;
            port = gone.port();
        }
        failed(run({"cs", "get", local_url(port, "file"), "-o", "got"}), kNetwork,
               {"127.0.0.1:" + std::to_string(port), "refused"});
        CPPUNIT_ASSERT(!fs::exists(home_ / "got"));
    }

    void a_folder_that_the_server_may_not_read() {
        if (const auto reason = reason_against_other_users()) return say_skipped(*reason);
        home_.write("served/open/file", "open");
        home_.write("served/closed/file", "closed");
        fs::permissions(home_ / "served/closed", fs::perms(0700));
        CsServer server(
            gantry_as_nobody({"cs", "serve", "served", "--listen", "127.0.0.1:0"}, home_.path()));
        failed(run({"cs", "ls", server.url("closed")}), kDenied, {"closed"});
        failed(run({"cs", "get", server.url("closed/file"), "-o", "got"}), kDenied, {"closed"});
        CPPUNIT_ASSERT(!fs::exists(home_ / "got"));
        const ProcessEnd rest = run({"cs", "ls", server.url(""), "--recursive"});
        CPPUNIT_ASSERT_EQUAL_MESSAGE(rest.err, kPartial, rest.status.value_or(-1));
        CPPUNIT_ASSERT_MESSAGE(rest.out, rest.out.find("open/file") != std::string::npos);
        CPPUNIT_ASSERT_MESSAGE(rest.out, rest.out.find("closed/file") == std::string::npos);
    }

    void a_folder_that_the_client_may_not_write() {
        if (const auto reason = reason_against_other_users()) return say_skipped(*reason);
        home_.write("served/file", "text");
        fs::create_directory(home_ / "closed");
        fs::permissions(home_ / "closed", fs::perms(0755));
        CsServer server(home_, "served");
        failed(run_process(gantry_as_nobody({"cs", "get", server.url("file"), "-o", "closed/file"},
                                            home_.path())),
               kDenied, {"closed"});
        nothing_left("closed");
    }

    void a_served_folder_that_may_not_be_opened() {
        if (const auto reason = reason_against_other_users()) return say_skipped(*reason);
        home_.write("closed/inner/file", "");
        fs::permissions(home_ / "closed", fs::perms(0700));
        failed(run_process(gantry_as_nobody(
                   {"cs", "serve", "closed/inner", "--listen", "127.0.0.1:0"}, home_.path())),
               kDenied, {"closed/inner"});
    }

    // The disk is a tmpfs of 1 MiB that only the client's own process sees, so that process also
    // lists what is left on it.
    void a_full_disk() {
        if (const auto reason = reason_against_mounts()) return say_skipped(*reason);
        home_.write("served/large", std::string(4 << 20, 'x'));
        fs::create_directory(home_ / "disk");
        CsServer server(home_, "served");
        ProcessSpec spec =
            gantry_command({"cs", "get", server.url("large"), "-o", "disk/large"}, home_.path());
        std::string line = "mount -t tmpfs -o size=1m none disk && {";
        for (const std::string& word : spec.command) line += " '" + word + "'";
        spec.command = {"/usr/bin/unshare", "--mount", "/bin/sh", "-c",
                        line + "; code=$?; ls -A disk; exit $code; }"};
        failed(run_process(spec), kNoSpace, {"large", "space"});
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LocalFaultsTest);

}  // namespace
}  // namespace gantry::testing
