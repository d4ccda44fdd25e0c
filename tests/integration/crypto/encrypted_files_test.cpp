#include "commands_fixture.h"

#include <signal.h>
#include <sys/stat.h>

#include <chrono>
#include <fstream>
#include <thread>

namespace gantry::testing {
namespace {

namespace fs = std::filesystem;
using Names = std::vector<std::string>;

class EncryptedFilesTest : public CommandsFixture {
    CPPUNIT_TEST_SUITE(EncryptedFilesTest);
    CPPUNIT_TEST(a_key_file_is_private_and_never_overwritten);
    CPPUNIT_TEST(a_file_goes_there_and_back);
    CPPUNIT_TEST(pipes_work_at_both_ends);
    CPPUNIT_TEST(a_passphrase_comes_from_a_descriptor);
    CPPUNIT_TEST(without_a_terminal_nothing_asks);
    CPPUNIT_TEST(the_result_is_json_when_asked_for);
    CPPUNIT_TEST(a_wrong_key_leaves_nothing);
    CPPUNIT_TEST(a_damaged_file_leaves_nothing_under_its_name);
    CPPUNIT_TEST(a_truncated_pipe_shows_in_the_status);
    CPPUNIT_TEST(no_clobber_keeps_what_is_there);
    CPPUNIT_TEST(a_key_that_others_may_read_is_refused);
    CPPUNIT_TEST(a_file_of_another_user_is_denied);
    CPPUNIT_TEST(a_full_disk_leaves_nothing);
    CPPUNIT_TEST(a_device_is_not_replaced);
    CPPUNIT_TEST(a_reader_that_leaves_ends_it_quietly);
    CPPUNIT_TEST(an_interrupt_leaves_nothing);
    CPPUNIT_TEST(keys_are_kept_out_of_core_dumps_while_they_are_used);
    CPPUNIT_TEST_SUITE_END();

    void encrypt(const std::string& text) {
        home_.write("a", text);
        succeeded(run({"crypto", "encrypt", "a", "-o", "a.enc", "--key-file", "key"}));
    }
    ProcessEnd decrypt(const std::string& to = "b") {
        return run({"crypto", "decrypt", "a.enc", "-o", to, "--key-file", "key"});
    }
    void change(std::size_t at) {
        auto bytes = home_.read("a.enc");
        bytes[at] = static_cast<char>(bytes[at] ^ 1);
        home_.write("a.enc", bytes);
    }

  public:
    void a_key_file_is_private_and_never_overwritten() {
        struct stat status {};
        CPPUNIT_ASSERT_EQUAL(0, ::stat((home_ / "key").c_str(), &status));
        CPPUNIT_ASSERT_EQUAL(mode_t{0600}, status.st_mode & 07777);
        const auto before = home_.read("key");
        failed(run({"crypto", "keygen", "-o", "key"}), kExists, "key: file exists");
        CPPUNIT_ASSERT_EQUAL(before, home_.read("key"));
        failed(run({"crypto", "keygen", "-o", "none/key"}), kNotFound, "none/key");
    }
    void a_file_goes_there_and_back() {
        encrypt(pattern(2'000'000));
        succeeded(decrypt());
        CPPUNIT_ASSERT(home_.read("b") == pattern(2'000'000));
        CPPUNIT_ASSERT((files() == Names{"a", "a.enc", "b"}));
    }
    void pipes_work_at_both_ends() {
        home_.write("a", pattern(3'000'000));
        const auto end = run_line(
            "cat a | $GANTRY crypto encrypt - -o - -k key | cat |"
            " $GANTRY crypto decrypt - -o - -k key | cmp - a");
        succeeded(end);
        CPPUNIT_ASSERT_EQUAL(std::string(), end.err);
    }
    void a_passphrase_comes_from_a_descriptor() {
        home_.write("a", "text");
        home_.write("passphrase", "open sesame\n");
        succeeded(run_line(
            "$GANTRY crypto encrypt a -o a.enc --passphrase-file /dev/fd/3 3< passphrase && "
            "echo open sesame | $GANTRY crypto decrypt a.enc -o b --passphrase-file /dev/stdin"));
        CPPUNIT_ASSERT_EQUAL(std::string("text"), home_.read("b"));
    }
    void without_a_terminal_nothing_asks() {
        home_.write("a", "text");
        const auto end = run_line("setsid $GANTRY crypto encrypt a -o a.enc < /dev/null");
        failed(end, kUsage, "there is no terminal");
        CPPUNIT_ASSERT(files() == Names{"a"});
    }
    void the_result_is_json_when_asked_for() {
        home_.write("a", "text");
        const auto end = run({"--json", "crypto", "encrypt", "a", "-o", "b", "--key-file", "key"});
        succeeded(end);
        CPPUNIT_ASSERT_MESSAGE(
            end.out, end.out.starts_with(R"({"ok":true,"path":"b","bytes":4,"files":1,)"));
        const auto no = run({"--json", "crypto", "decrypt", "a", "-o", "c", "--key-file", "key"});
        ended(no, kIntegrity);
        CPPUNIT_ASSERT_MESSAGE(no.out, no.out.starts_with(R"({"ok":false,"error":{"code":10,)"));
    }
    void a_wrong_key_leaves_nothing() {
        encrypt("text");
        succeeded(run({"crypto", "keygen", "-o", "other"}));
        failed(run({"crypto", "decrypt", "a.enc", "-o", "b", "--key-file", "other"}), kSecurity,
               "a.enc: the key is not that of this file");
        failed(run({"crypto", "decrypt", "a.enc", "-o", "b", "--key-file", "a"}), kDenied, "chmod");
        CPPUNIT_ASSERT((files() == Names{"a", "a.enc", "other"}));
    }
    void a_damaged_file_leaves_nothing_under_its_name() {
        encrypt(pattern(1'000'000));
        change(700'000);
        failed(decrypt(), kIntegrity, "a.enc: chunk 10 was changed");
        CPPUNIT_ASSERT((files() == Names{"a", "a.enc"}));
        home_.write("b", "old");
        failed(decrypt(), kIntegrity, "chunk 10");
        CPPUNIT_ASSERT_EQUAL(std::string("old"), home_.read("b"));
        fs::resize_file(home_ / "a.enc", 80 + 3 * 65552);
        failed(decrypt(), kIntegrity, "cut off");
        CPPUNIT_ASSERT((files() == Names{"a", "a.enc", "b"}));
    }
    void a_truncated_pipe_shows_in_the_status() {
        encrypt(pattern(1'000'000));
        const auto end = run_line("head -c 600000 a.enc | $GANTRY crypto decrypt - -o - -k key");
        ended(end, kIntegrity);
        CPPUNIT_ASSERT(!end.out.empty() && pattern(1'000'000).starts_with(end.out));
    }
    void no_clobber_keeps_what_is_there() {
        encrypt("text");
        home_.write("b", "old");
        failed(run({"crypto", "decrypt", "a.enc", "-o", "b", "-k", "key", "--no-clobber"}), kExists,
               "b: the file is there already");
        succeeded(decrypt());
        CPPUNIT_ASSERT_EQUAL(std::string("text"), home_.read("b"));
    }
    void a_key_that_others_may_read_is_refused() {
        fs::permissions(home_ / "key", fs::perms(0644));
        home_.write("a", "text");
        failed(run({"crypto", "encrypt", "a", "-o", "b", "--key-file", "key"}), kDenied,
               "key: others may use this key; chmod 600 it first");
    }
    void a_file_of_another_user_is_denied() {
        if (const auto reason = reason_against_other_users()) return say_skipped(*reason);
        home_.write("a", "text");
        fs::permissions(home_ / "a", fs::perms(0644));
        const auto as_nobody = [&](std::vector<std::string> words) {
            return run_process(gantry_as_nobody(std::move(words), home_.path()));
        };
        failed(as_nobody({"crypto", "encrypt", "a", "-o", "b", "-k", "key"}), kDenied,
               "permission denied");
        fs::permissions(home_ / "a", fs::perms(0600));
        failed(as_nobody({"crypto", "digest", "a"}), kDenied, "a: permission denied");
        failed(as_nobody({"crypto", "keygen", "-o", "mine"}), kDenied, "mine: permission denied");
        CPPUNIT_ASSERT(files() == Names{"a"});
    }
    void a_full_disk_leaves_nothing() {
        if (const auto reason = reason_against_mounts()) return say_skipped(*reason);
        home_.write("a", pattern(4'000'000));
        fs::create_directory(home_ / "disk");
        ProcessSpec spec = command({"crypto", "encrypt", "a", "-o", "disk/b", "-k", "key"});
        std::string line = "mount -t tmpfs -o size=1m none disk && {";
        for (const std::string& word : spec.command) line += " '" + word + "'";
        spec.command = {"/usr/bin/unshare", "--mount", "/bin/sh", "-c",
                        line + "; code=$?; ls -A disk; exit $code; }"};
        failed(run_process(spec), kNoSpace, "disk/b");
        failed(run_line("$GANTRY crypto encrypt a -o - -k key > /dev/full"), kNoSpace, "space");
    }
    void a_device_is_not_replaced() {
        home_.write("a", "text");
        fs::create_symlink("/dev/null", home_ / "null");
        failed(run({"crypto", "encrypt", "a", "-o", "null", "--key-file", "key"}), 1,
               "null: is no regular file");
        CPPUNIT_ASSERT(fs::is_symlink(home_ / "null"));
    }
    void a_reader_that_leaves_ends_it_quietly() {
        home_.write("a", pattern(3'000'000));
        const auto end = run_line("$GANTRY crypto encrypt a -o - -k key | head -c 8 | od -An -tx1");
        succeeded(end);
        CPPUNIT_ASSERT_EQUAL(std::string(" 89 47 4e 45 0d 0a 1a 0a\n"), end.out);
        CPPUNIT_ASSERT_EQUAL(std::string(), end.err);
    }
    void an_interrupt_leaves_nothing() {
        Process process(command({"crypto", "encrypt", "-", "-o", "b", "--key-file", "key"}));
        process.write(pattern(60'000));
        wait_for_part();
        process.send_signal(SIGINT);
        while (process.running()) {  // its input stays open until then
        }
        const auto end = process.wait();
        CPPUNIT_ASSERT_MESSAGE(end.err, end.status.value_or(0) != 0);
        CPPUNIT_ASSERT_MESSAGE(end.err, end.err.find("cancelled") != std::string::npos);
        CPPUNIT_ASSERT(files().empty());
    }
    void keys_are_kept_out_of_core_dumps_while_they_are_used() {
        Process process(command({"crypto", "encrypt", "-", "-o", "-", "--key-file", "key"}));
        process.write(pattern(400'000));  // more than a run: one has been sealed and printed
        CPPUNIT_ASSERT(process.line_of_output("\x89GNE\r").has_value());
        std::ifstream filter("/proc/" + std::to_string(process.pid()) + "/coredump_filter");
        unsigned value = 0xffff;
        filter >> std::hex >> value;
        CPPUNIT_ASSERT_EQUAL(0U, value & 0x63U);
        process.close_input();
        succeeded(process.wait());
    }

  private:
    // Until the program has begun to write.
    void wait_for_part() {
        const auto has_part = [this] {
            return std::ranges::any_of(files(),
                                       [](const auto& name) { return name.ends_with(".part"); });
        };
        for (const auto end = std::chrono::steady_clock::now() + Process::kPatience;
             !has_part() && std::chrono::steady_clock::now() < end;)
            std::this_thread::yield();
        CPPUNIT_ASSERT(has_part());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(EncryptedFilesTest);

}  // namespace
}  // namespace gantry::testing
