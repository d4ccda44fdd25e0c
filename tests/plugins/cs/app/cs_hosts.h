#pragma once

#include <cs/app/cs_plugin.h>
#include <gantry/crypto/digest.h>
#include <gantry/testing/test_host.h>

#include <cppunit/TestAssert.h>

#include <fstream>
#include <iterator>
#include <memory>
#include <string>

namespace gantry::cs {

inline std::string manifest_text() {
    std::ifstream in(GANTRY_SOURCE_DIR "/plugins/cs/plugin.json");
    return {std::istreambuf_iterator<char>(in), {}};
}

// Read once: it takes longer than most tests.
inline const Manifest& manifest() {
    static const auto read = parse_manifest(manifest_text()).value();
    return read;
}

inline std::string content(std::size_t size) {
    std::string out(size, '\0');
    std::uint32_t x = 1;
    for (auto& c : out) c = static_cast<char>((x = x * 1664525 + 1013904223) >> 24U);
    return out;
}

// Stands in for the crypto plugin: a "digest" is the number of bytes.
class CountingDigests final : public DigestService {
  public:
    struct Counting final : Digest {
        void update(ByteView bytes) override { count += bytes.size(); }
        std::vector<std::byte> finish() override {
            return {static_cast<std::byte>(count >> 8U), static_cast<std::byte>(count)};
        }
        std::size_t count = 0;
    };
    Result<std::unique_ptr<Digest>> create(DigestAlgorithm) override {
        return std::make_unique<Counting>();
    }
};

// The plugin on two machines of one world: "server", which serves /srv, and "client".
struct CsHosts {
    explicit CsHosts(std::uint64_t seed = 1) : world(seed) {
        for (const auto* machine : {"server", "client"})
            provided.push_back(
                world.machine(machine).services().provide<DigestService>(digests).value());
    }

    std::string serve(const std::string& options = "--insecure") {
        serving = server.start("cs serve /srv --listen " +
                               world.machine("server").address().to_string() + ":0 " + options);
        const auto at = serving->wait_until_listening();
        CPPUNIT_ASSERT(at);
        return "cs://" + at->to_string() + "/";
    }
    // The access log is written a moment after the requests.
    std::vector<testing::RecordedLog> server_log() {
        world.clock().run_for(std::chrono::milliseconds(100));
        return server.log();
    }
    testing::MemoryStore& served() { return world.machine("server").files(); }
    testing::MemoryStore& files() { return world.machine("client").files(); }
    void assert_clean_stop() {
        const auto client_report = client.stop();
        CPPUNIT_ASSERT_MESSAGE(client_report.to_string(), client_report.clean());
        const auto server_report = server.stop();
        CPPUNIT_ASSERT_MESSAGE(server_report.to_string(), server_report.clean());
    }

    CountingDigests digests;
    testing::TestWorld world;
    std::vector<Registration> provided;
    testing::TestHost server{world, manifest(), std::make_unique<CsPlugin>(2), {"server"}};
    testing::TestHost client{world, manifest(), std::make_unique<CsPlugin>(2), {"client"}};
    std::optional<testing::TestCommand> serving;
};

inline std::string text_of(const Value& value, std::string_view name) {
    const auto* found = value.find(name);
    return found != nullptr && found->as_string() != nullptr ? *found->as_string() : std::string();
}

inline std::uint64_t number_of(const Value& value, std::string_view name) {
    const auto* found = value.find(name);
    CPPUNIT_ASSERT(found != nullptr);
    return std::get<std::uint64_t>(found->data());
}

inline void assert_failed(ErrorCode code, const testing::CommandResult& result) {
    CPPUNIT_ASSERT(result.finished);
    CPPUNIT_ASSERT(result.error.has_value());
    CPPUNIT_ASSERT_EQUAL(std::string(error_name(code)),
                         std::string(error_name(result.error->code)));
}

inline void assert_ok(const testing::CommandResult& result) {
    CPPUNIT_ASSERT_MESSAGE(result.error ? describe(*result.error) : "not finished", result.ok());
}

}  // namespace gantry::cs
