#pragma once

#include "pty_screen.h"

#include <cppunit/extensions/HelperMacros.h>
#include <support/process.h>
#include <support/temporary_folder.h>

#include <memory>

namespace gantry::testing {

// The real program in a pseudo-terminal, with the plugin "ticker", and a home of its own.
class TerminalFixture : public CppUnit::TestFixture {
  protected:
    std::unique_ptr<PtyScreen> open(std::map<std::string, std::string> environment = {},
                                    int columns = 80) {
        PtyScreen::Spec spec;
        spec.command = command({});
        spec.environment = home_environment();
        spec.environment["TERM"] = "xterm";
        for (const auto& [name, value] : environment) spec.environment[name] = value;
        spec.folder = home_.path().string();
        spec.columns = columns;
        auto screen = std::make_unique<PtyScreen>(spec);
        CPPUNIT_ASSERT_MESSAGE(screen->text(), screen->wait_for_prompt("gantry>"));
        return screen;
    }
    std::vector<std::string> command(const std::vector<std::string>& arguments) const {
        std::vector<std::string> words{GANTRY_BINARY_DIR "/bin/gantry", "--plugin-path",
                                       TERMINAL_TEST_PLUGINS};
        words.insert(words.end(), arguments.begin(), arguments.end());
        return words;
    }
    std::map<std::string, std::string> home_environment() const {
        return {{"HOME", home_.path().string()},
                {"XDG_CONFIG_HOME", (home_ / ".config").string()},
                {"XDG_STATE_HOME", (home_ / ".state").string()},
                {"NO_COLOR", ""}};
    }
    ProcessSpec process(const std::vector<std::string>& arguments) const {
        ProcessSpec spec;
        spec.command = command(arguments);
        spec.environment = home_environment();
        spec.folder = home_.path().string();
        return spec;
    }

    TemporaryFolder home_;
};

// Asserts on the screen, and shows it when that fails.
#define SHOWS(screen, expression)                        \
    do {                                                 \
        const bool shows = (screen)->expression;         \
        CPPUNIT_ASSERT_MESSAGE((screen)->text(), shows); \
    } while (false)

}  // namespace gantry::testing
