#include "source_tree.h"

#include <cppunit/extensions/HelperMacros.h>

#include <map>
#include <regex>
#include <set>
#include <sstream>

using gantry::tidy::SourceFile;

namespace {

// What each layer of a plugin may include of its own house. wire <- core <- {net, app} <-
// plugin.cpp
const std::map<std::string, std::set<std::string>> kPluginLayers{
    {"wire", {"wire"}},
    {"core", {"wire", "core"}},
    {"net", {"wire", "core", "net"}},
    {"app", {"wire", "core", "net", "app"}},
    {"plugin.cpp", {"wire", "core", "net", "app"}},
};

const std::map<std::string, std::set<std::string>> kHostLayers{
    {"system", {"system"}},
    {"config", {"config"}},
    {"runtime", {"system", "runtime"}},
    {"loader", {"system", "runtime", "loader"}},
    {"shell", {"system", "config", "runtime", "loader", "shell"}},
    {"main.cpp", {"system", "config", "runtime", "loader", "shell"}},
};

// sdk headers that wire and core may not see: whatever does I/O or owns a thread.
const std::set<std::string> kIoHeaders{
    "gantry/net/event_loop.h",    "gantry/net/stream.h",         "gantry/net/listener.h",
    "gantry/net/connector.h",     "gantry/net/transport.h",      "gantry/net/datagram_socket.h",
    "gantry/storage/file.h",      "gantry/storage/file_store.h", "gantry/job/job.h",
    "gantry/job/blocking_pool.h", "gantry/plugin/context.h",     "gantry/plugin/plugin.h",
    "gantry/command/call.h"};

std::vector<std::string> split(const std::string& path) {
    std::vector<std::string> parts;
    std::istringstream in(path);
    for (std::string part; std::getline(in, part, '/');) parts.push_back(part);
    return parts;
}

bool is_system_header(const std::string& include) {
    static const std::regex pattern(
        R"((sys|netinet|arpa|linux|net)/.*|(unistd|fcntl|poll|pthread|dlfcn|signal|time|ctime|thread|mutex|condition_variable|fstream|filesystem|atomic|future|random|iostream|cstdio|stdio\.h)(\.h)?|boost/.*|Poco/.*|openssl/.*)");
    return std::regex_match(include, pattern);
}

}  // namespace

class LayersTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LayersTest);
    CPPUNIT_TEST(sdk_headers_include_only_the_sdk_and_the_standard_library);
    CPPUNIT_TEST(a_plugin_layer_includes_only_the_layers_below_it);
    CPPUNIT_TEST(a_host_layer_includes_only_the_layers_below_it);
    CPPUNIT_TEST(host_and_plugins_meet_only_in_the_sdk);
    CPPUNIT_TEST(wire_and_core_do_no_input_or_output);
    CPPUNIT_TEST(no_include_climbs_out_of_its_folder);
    CPPUNIT_TEST_SUITE_END();

    std::ostringstream faults_;
    void fault(const SourceFile& file, const std::string& what) {
        faults_ << file.path << ": " << what << '\n';
    }
    void check() { CPPUNIT_ASSERT_EQUAL(std::string(), faults_.str()); }

  public:
    void sdk_headers_include_only_the_sdk_and_the_standard_library() {
        for (const auto& file : gantry::tidy::read_sources({"sdk/include"}))
            for (const auto& include : file.includes)
                if (include.find('/') != std::string::npos && include.rfind("gantry/", 0) != 0)
                    fault(file, "includes " + include);
        check();
    }
    void a_plugin_layer_includes_only_the_layers_below_it() {
        for (const auto& file : gantry::tidy::read_sources({"plugins"})) {
            const auto at = split(file.path);  // plugins/X/layer/...
            const auto rule = kPluginLayers.find(at[2]);
            if (rule == kPluginLayers.end()) {
                fault(file, "stands in no known layer");
                continue;
            }
            for (const auto& include : file.includes) {
                const auto to = split(include);
                if (to.size() > 1 && to[0] == at[1] && !rule->second.contains(to[1]))
                    fault(file, "includes " + include);
            }
        }
        check();
    }
    void a_host_layer_includes_only_the_layers_below_it() {
        for (const auto& file : gantry::tidy::read_sources({"host"})) {
            const auto at = split(file.path);  // host/layer/...
            const auto rule = kHostLayers.find(at[1]);
            CPPUNIT_ASSERT_MESSAGE(file.path, rule != kHostLayers.end());
            for (const auto& include : file.includes) {
                const auto to = split(include);
                if (to.size() > 1 && to[0] == "host" && !rule->second.contains(to[1]))
                    fault(file, "includes " + include);
            }
        }
        check();
    }
    void host_and_plugins_meet_only_in_the_sdk() {
        const std::set<std::string> plugins{"cs", "lftp", "bittorrent", "crypto"};
        for (const auto& file : gantry::tidy::read_sources({"host", "plugins", "sdk"})) {
            const auto at = split(file.path);
            const std::string own = at[0] == "plugins" ? at[1] : "";
            for (const auto& include : file.includes) {
                const auto to = split(include);
                if (to.size() < 2) continue;
                if (plugins.contains(to[0]) && to[0] != own) fault(file, "includes " + include);
                if (to[0] == "host" && at[0] != "host") fault(file, "includes " + include);
                if (include.rfind("gantry/testing/", 0) == 0 && at[0] != "sdk")
                    fault(file, "ships the testing kit: " + include);
            }
        }
        check();
    }
    void wire_and_core_do_no_input_or_output() {
        for (const auto& file : gantry::tidy::read_sources({"plugins"})) {
            const auto layer = split(file.path)[2];
            if (layer != "wire" && layer != "core") continue;
            for (const auto& include : file.includes)
                if (kIoHeaders.contains(include) || is_system_header(include))
                    fault(file, "includes " + include);
        }
        check();
    }
    void no_include_climbs_out_of_its_folder() {
        for (const auto& file : gantry::tidy::read_sources({"sdk", "host", "plugins", "tests"}))
            for (const auto& include : file.includes)
                if (include.find("..") != std::string::npos) fault(file, "includes " + include);
        check();
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(LayersTest);
