#include <gantry/testing/test_host.h>
#include <support/conformance/context_command_suite.h>
#include <support/conformance/context_suite.h>

namespace gantry::testing::conformance {

namespace {

// A TestHost, with blocking commands inline or on threads of their own.
template <bool kThreads>
class TestHostHarness : public ContextHarness {
  public:
    TestHostHarness() {
        host_.machine().files().write_file("work/.keep", "");
        const auto loaded = host_.load();
        CPPUNIT_ASSERT_MESSAGE(loaded ? "" : describe(loaded.error()), loaded.ok());
    }
    ProbePlugin& probe() override { return static_cast<ProbePlugin&>(*host_.plugin()); }
    bool wait_until(const std::function<bool()>& done, Duration limit) override {
        return host_.clock().run_until(done, limit);
    }
    void start(const std::string& line, bool json) override {
        command_ = host_.start(line, {.json = json, .folder = folder()});
    }
    void cancel() override { command_->cancel(); }
    std::optional<ProbeOutcome> outcome() override {
        if (!command_->finished()) return std::nullopt;
        const auto result = command_->result();
        ProbeOutcome outcome{result.error, result.value, result.out, result.messages, {}};
        for (const auto& [name, at] : result.listening) outcome.listening.emplace_back(name, at);
        return outcome;
    }
    std::string folder() const override { return "/work"; }
    std::optional<JobState> job_state(const std::string& title) override {
        for (const auto& job : host_.jobs())
            if (job.title == title) return job.state;
        return std::nullopt;
    }
    std::vector<Event> events() override {
        std::vector<Event> all;
        for (const auto& recorded : host_.events()) all.push_back(recorded.event);
        return all;
    }
    bool stop() override { return host_.stop().clean(); }

  private:
    TestHost host_{kProbeManifest,
                   std::make_unique<ProbePlugin>(),
                   {.settings = {{"colour", "green"}}, .threads_for_blocking_commands = kThreads}};
    std::optional<TestCommand> command_;
};

using InlineHarness = TestHostHarness<false>;
using ThreadHarness = TestHostHarness<true>;

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(ContextSuite<InlineHarness>);
CPPUNIT_TEST_SUITE_REGISTRATION(ContextCommandSuite<InlineHarness>);
CPPUNIT_TEST_SUITE_REGISTRATION(ContextCommandSuite<ThreadHarness>);

}  // namespace gantry::testing::conformance
