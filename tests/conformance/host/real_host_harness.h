#pragma once

#include <host/loader/plugin_instance.h>
#include <support/conformance/context_harness.h>
#include <support/temporary_folder.h>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace gantry::host {

// Takes what a command writes.
class KeptOutput final : public Output {
  public:
    Result<void> write(std::string_view text) override {
        const std::lock_guard lock(mutex_);
        text_ += text;
        return {};
    }
    std::string take() {
        const std::lock_guard lock(mutex_);
        return std::exchange(text_, {});
    }

  private:
    std::mutex mutex_;
    std::string text_;
};

class NoInput final : public Input {
  public:
    Result<std::size_t> read(ByteSpan) override { return std::size_t{0}; }
};

// A ProbePlugin as a part of this program, in a PluginInstance on a Runtime of its own.
class RealHostHarness : public testing::conformance::ContextHarness {
  public:
    RealHostHarness();
    ~RealHostHarness() override;

    testing::conformance::ProbePlugin& probe() override { return *probe_; }
    bool wait_until(const std::function<bool()>& done, Duration limit) override;
    void start(const std::string& line, bool json) override;
    void cancel() override;
    std::optional<testing::conformance::ProbeOutcome> outcome() override;
    std::string folder() const override { return folder_.path().string(); }
    std::optional<JobState> job_state(const std::string& title) override;
    std::vector<Event> events() override;
    bool stop() override;

  private:
    void listen_to_events();
    CommandRequest request(const std::string& line, bool json);

    testing::TemporaryFolder folder_;
    Runtime runtime_;
    Manifest manifest_;
    std::unique_ptr<PluginInstance> instance_;
    testing::conformance::ProbePlugin* probe_ = nullptr;

    KeptOutput out_;
    KeptOutput messages_;
    NoInput in_;
    std::mutex mutex_;  // of what follows
    std::condition_variable changed_;
    std::optional<testing::conformance::ProbeOutcome> outcome_;
    std::vector<std::pair<std::string, Endpoint>> listening_;
    std::vector<Event> events_;
    JobId job_;
    Registration subscription_;
};

}  // namespace gantry::host
