#include <pty_screen.h>

#include <cppunit/extensions/HelperMacros.h>
#include <support/gantry_command.h>
#include <support/temporary_folder.h>

#include <memory>

namespace gantry::testing {
namespace {

class PassphraseTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PassphraseTest);
    CPPUNIT_TEST(is_asked_for_twice_and_never_shown);
    CPPUNIT_TEST(two_that_differ_are_refused);
    CPPUNIT_TEST(a_wrong_one_is_refused);
    CPPUNIT_TEST(ctrl_c_gives_the_terminal_back);
    CPPUNIT_TEST(is_asked_for_in_the_interactive_shell_too);
    CPPUNIT_TEST(a_command_in_the_background_does_not_ask);
    CPPUNIT_TEST_SUITE_END();

    TemporaryFolder home_;

    std::unique_ptr<PtyScreen> open(std::vector<std::string> words) {
        const auto spec = gantry_command(std::move(words), home_.path());
        auto environment = spec.environment;
        environment["TERM"] = "xterm";
        return std::make_unique<PtyScreen>(
            PtyScreen::Spec{spec.command, environment, spec.folder, 24, 120});
    }
    // Waits for each question and answers it; the exit status.
    static std::optional<int> answer(PtyScreen& screen, std::vector<std::string> answers) {
        const char* question = "Passphrase:";
        for (const auto& text : answers) {
            CPPUNIT_ASSERT_MESSAGE(screen.text(), screen.wait_for_prompt(question));
            screen.type(text + "\r");
            question = "The same again:";
        }
        return screen.wait_for_end();
    }
    void encrypt(const std::string& passphrase) {
        home_.write("a", "text");
        const auto screen = open({"crypto", "encrypt", "a", "-o", "a.enc"});
        CPPUNIT_ASSERT_EQUAL(0, answer(*screen, {passphrase, passphrase}).value_or(-1));
        CPPUNIT_ASSERT(screen->raw().find(passphrase) == std::string::npos);
    }

  public:
    void is_asked_for_twice_and_never_shown() {
        encrypt("open sesame");
        const auto screen = open({"crypto", "decrypt", "a.enc", "-o", "b"});
        CPPUNIT_ASSERT_EQUAL(0, answer(*screen, {"open sesame"}).value_or(-1));
        CPPUNIT_ASSERT_EQUAL(std::string("text"), home_.read("b"));
    }
    void two_that_differ_are_refused() {
        home_.write("a", "text");
        const auto screen = open({"crypto", "encrypt", "a", "-o", "a.enc"});
        CPPUNIT_ASSERT_EQUAL(2, answer(*screen, {"open sesame", "open sesam"}).value_or(-1));
        CPPUNIT_ASSERT(screen->text().find("the two passphrases differ") != std::string::npos);
        CPPUNIT_ASSERT(!std::filesystem::exists(home_ / "a.enc"));
    }
    void a_wrong_one_is_refused() {
        encrypt("open sesame");
        const auto screen = open({"crypto", "decrypt", "a.enc", "-o", "b"});
        CPPUNIT_ASSERT_EQUAL(6, answer(*screen, {"guess"}).value_or(-1));
        CPPUNIT_ASSERT(!std::filesystem::exists(home_ / "b"));
    }
    void ctrl_c_gives_the_terminal_back() {
        home_.write("a", "text");
        const auto screen = open({});
        CPPUNIT_ASSERT(screen->wait_for_prompt("gantry>"));
        screen->type("crypto encrypt a -o a.enc\r");
        CPPUNIT_ASSERT_MESSAGE(screen->text(), screen->wait_for_prompt("Passphrase:"));
        screen->type("half\x03");
        CPPUNIT_ASSERT_MESSAGE(screen->text(), screen->wait_for_prompt("gantry>"));
        screen->type("echo this is seen\r");
        CPPUNIT_ASSERT_MESSAGE(screen->text(), screen->wait_for_text("\nthis is seen\n"));
        CPPUNIT_ASSERT(screen->raw().find("half") == std::string::npos);
        CPPUNIT_ASSERT(!std::filesystem::exists(home_ / "a.enc"));
    }
    void is_asked_for_in_the_interactive_shell_too() {
        encrypt("open sesame");
        const auto screen = open({});
        CPPUNIT_ASSERT(screen->wait_for_prompt("gantry>"));
        screen->type("crypto decrypt a.enc -o b\r");
        CPPUNIT_ASSERT_MESSAGE(screen->text(), screen->wait_for_prompt("Passphrase:"));
        screen->type("open sesame\r");
        CPPUNIT_ASSERT_MESSAGE(screen->text(), screen->wait_for_text("b  4 B"));
        screen->type("exit\r");
        CPPUNIT_ASSERT(screen->wait_for_end().has_value());
        for (const auto& name : home_.names())  // the history, and anything else
            CPPUNIT_ASSERT_MESSAGE(name, home_.read(name).find("open sesame") == std::string::npos);
    }
    void a_command_in_the_background_does_not_ask() {
        home_.write("a", "text");
        const auto screen = open({});
        CPPUNIT_ASSERT(screen->wait_for_prompt("gantry>"));
        screen->type("crypto encrypt a -o a.enc &\r");
        CPPUNIT_ASSERT_MESSAGE(screen->text(), screen->wait_for_text("in the background"));
        CPPUNIT_ASSERT(screen->text().find("Passphrase:") == std::string::npos);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(PassphraseTest);

}  // namespace
}  // namespace gantry::testing
