#pragma once

#include "sockets.h"

#include <cppunit/extensions/HelperMacros.h>
#include <support/gantry_command.h>
#include <support/process.h>
#include <support/temporary_folder.h>

#include <cstdint>
#include <string>
#include <vector>

namespace gantry::testing {

// A running `cs serve` of the real program.
class CsServer {
  public:
    // Starts it and waits until it says where it listens.
    CsServer(const TemporaryFolder& home, const std::string& folder);
    explicit CsServer(const ProcessSpec& spec);

    std::uint16_t port() const noexcept { return port_; }
    std::string url(const std::string& path) const;
    Process& process() noexcept { return process_; }
    std::size_t resident_bytes() const;
    std::size_t open_descriptors() const;

  private:
    Process process_;
    std::uint16_t port_ = 0;
};

// What the tests of bad input share. Exit codes are those of the command contract.
class CsFixture : public CppUnit::TestFixture {
  protected:
    static constexpr int kNotFound = 3, kNetwork = 5, kInterrupted = 7, kNoSpace = 9,
                         kIntegrity = 10, kDenied = 12, kProtocol = 13, kPartial = 15;

    ProcessEnd run(std::vector<std::string> arguments) const {
        return run_process(gantry_command(std::move(arguments), home_.path()));
    }
    // Demands that exit status, nothing on standard output, and one short message that has each of
    // `words` and tells no more than a person needs.
    static void failed(const ProcessEnd& end, int status, const std::vector<std::string>& words);
    static void succeeded(const ProcessEnd& end);
    static std::string local_url(std::uint16_t port, const std::string& path) {
        return "cs://127.0.0.1:" + std::to_string(port) + "/" + path;
    }
    // Nothing but the program's own settings lies in the home folder or in `folder` beneath it.
    void nothing_left(const std::string& folder) const;

    TemporaryFolder home_;
};

}  // namespace gantry::testing
