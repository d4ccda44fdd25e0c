#pragma once

#include <cppunit/extensions/HelperMacros.h>
#include <support/child.h>
#include <support/gantry_command.h>
#include <support/pattern.h>
#include <support/temporary_folder.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

namespace gantry::testing {

// The real program in a home of its own, where a key file "key" is.
class CommandsFixture : public CppUnit::TestFixture {
  public:
    void setUp() override { succeeded(run({"crypto", "keygen", "-o", "key"})); }

  protected:
    static constexpr int kUsage = 2, kNotFound = 3, kSecurity = 6, kNoSpace = 9, kIntegrity = 10,
                         kExists = 11, kDenied = 12;

    ProcessSpec command(std::vector<std::string> arguments) const {
        return gantry_command(std::move(arguments), home_.path());
    }
    ProcessEnd run(std::vector<std::string> arguments) const {
        return run_process(command(std::move(arguments)));
    }
    ProcessEnd run_with_input(std::vector<std::string> arguments, const std::string& input) const {
        Process process(command(std::move(arguments)));
        process.write(input);
        process.close_input();
        return process.wait();
    }
    // A line for the shell, in which $GANTRY is the program.
    ProcessEnd run_line(const std::string& line) const {
        ProcessSpec spec = command({});
        std::string program;
        for (const auto& word : spec.command) program += (program.empty() ? "" : " ") + word;
        spec.environment["GANTRY"] = program;
        spec.command = {"/bin/sh", "-c", line};
        return run_process(spec);
    }
    static void succeeded(const ProcessEnd& end) { ended(end, 0); }
    static void ended(const ProcessEnd& end, int status) {
        CPPUNIT_ASSERT_EQUAL_MESSAGE("stdout: " + end.out + "\nstderr: " + end.err, status,
                                     end.timed_out ? -1000 : end.status.value_or(-end.signal));
    }
    // With that status, no data, and one line that has this text.
    static void failed(const ProcessEnd& end, int status, const std::string& text) {
        ended(end, status);
        CPPUNIT_ASSERT_EQUAL(std::string(), end.out);
        CPPUNIT_ASSERT_MESSAGE(end.err, end.err.find(text) != std::string::npos);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(end.err, 1L, std::ranges::count(end.err, '\n'));
    }
    // The files that are there, without those of the program itself and the key.
    std::vector<std::string> files() const {
        auto names = home_.names();
        std::erase_if(names, [](const std::string& name) {
            return name == "key" || (name.starts_with('.') && !name.ends_with(".part"));
        });
        return names;
    }
    TemporaryFolder home_;
};

}  // namespace gantry::testing
