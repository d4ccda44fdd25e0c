#include "cs_fixture.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace gantry::testing {
namespace fs = std::filesystem;

CsServer::CsServer(const TemporaryFolder& home, const std::string& folder)
    : CsServer(gantry_command({"cs", "serve", folder, "--listen", "127.0.0.1:0"}, home.path())) {}

CsServer::CsServer(const ProcessSpec& spec) : process_(spec) {
    const auto line = process_.line_of_output("listening cs ");
    if (!line) {
        const ProcessEnd end = process_.wait();
        throw std::runtime_error("cs serve does not listen: " + end.out + end.err);
    }
    port_ = static_cast<std::uint16_t>(std::stoi(line->substr(line->rfind(':') + 1)));
}

std::string CsServer::url(const std::string& path) const {
    return "cs://127.0.0.1:" + std::to_string(port_) + "/" + path;
}

std::size_t CsServer::resident_bytes() const {
    std::ifstream statm("/proc/" + std::to_string(process_.pid()) + "/statm");
    std::size_t whole = 0, resident = 0;
    statm >> whole >> resident;
    return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

std::size_t CsServer::open_descriptors() const {
    const fs::path folder = "/proc/" + std::to_string(process_.pid()) + "/fd";
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

void CsFixture::failed(const ProcessEnd& end, int status, const std::vector<std::string>& words) {
    const std::string told = "stdout: " + end.out + "\nstderr: " + end.err;
    CPPUNIT_ASSERT_MESSAGE(told, !end.timed_out);
    CPPUNIT_ASSERT_EQUAL_MESSAGE(told, status, end.status.value_or(-end.signal));
    CPPUNIT_ASSERT_EQUAL_MESSAGE(told, std::string(), end.out);
    for (const std::string& word : words)
        CPPUNIT_ASSERT_MESSAGE(word + " in " + told, end.err.find(word) != std::string::npos);
    const auto lines = std::count(end.err.begin(), end.err.end(), '\n');
    CPPUNIT_ASSERT_MESSAGE(told, lines >= 1 && lines <= 3);
}

void CsFixture::succeeded(const ProcessEnd& end) {
    CPPUNIT_ASSERT_EQUAL_MESSAGE(end.out + end.err, 0, end.status.value_or(-end.signal));
}

void CsFixture::nothing_left(const std::string& folder) const {
    for (const std::string& name : home_.names()) {
        const bool own = name.starts_with(".config") || name.starts_with(".state") ||
                         name.starts_with(".cache") || name.starts_with(".data") ||
                         name.starts_with(".run");
        const bool in_folder = name.starts_with(folder + '/');
        const bool temporary = name.find(".gantry-") != std::string::npos;
        CPPUNIT_ASSERT_MESSAGE("left behind: " + name, own || (!in_folder && !temporary));
    }
}

}  // namespace gantry::testing
