#pragma once

#include <cppunit/extensions/HelperMacros.h>
#include <host/loader/plugin_manager.h>
#include <host/runtime/runtime.h>
#include <support/temporary_folder.h>

#include <condition_variable>
#include <map>
#include <mutex>

namespace gantry::host {

// Takes what a command writes.
class StringOutput final : public Output {
  public:
    Result<void> write(std::string_view text) override {
        std::lock_guard lock(mutex_);
        text_ += text;
        return {};
    }
    std::string text() const {
        std::lock_guard lock(mutex_);
        return text_;
    }

  private:
    mutable std::mutex mutex_;
    std::string text_;
};

class EmptyInput final : public Input {
  public:
    Result<std::size_t> read(ByteSpan) override { return std::size_t{0}; }
};

// One command of a plugin, run through a manager or an instance. A test that fails may leave before
// its command ends, so all that a request refers to lives as long as the request.
class Run {
  public:
    Run(std::string name, std::vector<std::string> words = {});
    Run(std::string name, Arguments arguments);
    CommandRequest request();
    // Blocks; the tests' time limit ends it when nothing comes.
    CommandOutcome wait();
    bool ended() const;
    Endpoint wait_until_listening();

    std::string text() const { return state_->out.text(); }
    Session* session = nullptr;
    bool json = false;

  private:
    struct State {
        StringOutput out;
        StringOutput messages;
        EmptyInput in;
        std::mutex mutex;
        std::condition_variable changed;
        std::optional<CommandOutcome> outcome;
        int outcomes = 0;
        std::optional<Endpoint> listening;
    };
    const std::string name_;
    Arguments arguments_;
    std::shared_ptr<State> state_ = std::make_shared<State>();
};

// A runtime with settings and a log, and a manager of the test plugins.
class ManagerFixture {
  public:
    ManagerFixture();
    explicit ManagerFixture(std::vector<std::filesystem::path> folders);

    PluginManager& manager() { return *manager_; }
    void drop_manager() { manager_.reset(); }
    std::vector<std::string> log() const;
    void clear_log();
    bool logged(const std::string& part) const;
    // Runs a command to its end.
    CommandOutcome run(const std::string& name, std::vector<std::string> words = {});
    // As the shell would: words parsed by the command's spec.
    Arguments parse(const std::string& name, const std::vector<std::string>& words);
    void load(const std::string& name);
    UnloadReport unload(const std::string& name, Duration drain = std::chrono::seconds(10));
    std::string ledger(const std::string& name);  // "command 2, loop 1"

    std::map<std::string, std::string> settings;  // by full key; before the load

    Runtime runtime;

  private:
    Runtime::Options options();
    mutable std::mutex mutex_;
    std::vector<std::string> log_;
    std::optional<PluginManager> manager_;
};

std::filesystem::path plugin_file(const std::string& name);  // "good": the test plugin's file

}  // namespace gantry::host
