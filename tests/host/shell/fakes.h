#pragma once

#include <host/shell/builtin.h>
#include <host/shell/command_catalog.h>
#include <host/shell/command_runner.h>

#include <algorithm>
#include <map>
#include <mutex>

namespace gantry::host::fakes {

inline CommandSpec command(std::string name, std::vector<OperandSpec> operands = {},
                           std::vector<OptionSpec> options = {}) {
    CommandSpec spec;
    spec.name = std::move(name);
    spec.summary = "Does " + spec.name;
    spec.operands = std::move(operands);
    spec.options = std::move(options);
    return spec;
}

inline OptionSpec choice(std::string name, std::vector<std::string> choices) {
    auto option = valued(std::move(name), 0, ValueKind::choice, "", "A choice");
    option.choices = std::move(choices);
    return option;
}

// A catalogue of a few commands, with one scheme: "cs".
class Catalog final : public CommandCatalog {
  public:
    Catalog() {
        const auto url = [] { return repeated(required("URL", ValueKind::url, "What")); };
        specs_ = {
            command("cs get", {url()},
                    {valued("output", 'o', ValueKind::path, "FILE", "Where"),
                     flag("no-resume", 0, "From the start"), choice("wire", {"cs1", "classic"})}),
            command("cs ls", {optional("URL", ValueKind::url, "Where")}),
            command("cs mirror", {required("URL", ValueKind::url, "What"),
                                  required("DIR", ValueKind::folder, "Where")}),
            command("cs put", {repeated(required("FILE", ValueKind::path, "What")),
                               required("URL", ValueKind::url, "Where")}),
            command("cs serve", {required("DIR", ValueKind::folder, "What")},
                    {valued("listen", 0, ValueKind::host_port, "HOST:PORT", "Where")}),
            command("echo", {repeated(optional("WORD", ValueKind::text, "Words"))}),
            command("help", {repeated(optional("COMMAND", ValueKind::command, "Which"))}),
            command("plugin info", {required("NAME", ValueKind::plugin, "Which")}),
            command("plugin list"),
            command("wait", {repeated(optional("JOB", ValueKind::job, "Which"))}),
        };
    }
    std::optional<CommandSpec> find(std::string_view name) const override {
        for (const auto& spec : specs_)
            if (spec.name == name) return spec;
        return std::nullopt;
    }
    std::vector<CommandSpec> all() const override { return specs_; }
    std::string group_for_scheme(std::string_view scheme) const override {
        return scheme == "cs" ? "cs" : "";
    }

  private:
    std::vector<CommandSpec> specs_;
};

// Notes what it is asked to run. A command's status is what was said before for its first word; the
// word "launch" starts a job in the background and waits until it is cancelled.
class Runner final : public CommandRunner {
  public:
    int run(const Invocation& command, ShellState&, RunContext& context) override {
        {
            const std::lock_guard lock(mutex_);
            ran_.push_back(command);
        }
        if (command.words[0] == "launch") {
            if (context.launched) context.launched({JobId(7), "127.0.0.1:80"});
            context.cancel.wait_for_cancel(std::chrono::seconds(60));
        }
        const std::lock_guard lock(mutex_);
        const auto status = statuses.find(command.words[0]);
        return status == statuses.end() ? 0 : status->second;
    }
    int refuse(const Error& error) override {
        const std::lock_guard lock(mutex_);
        refused_.push_back(error);
        return exit_status(error.code);
    }
    std::vector<Invocation> ran() {
        const std::lock_guard lock(mutex_);
        return ran_;
    }
    // The words of what ran, "a b|c d".
    std::string words() {
        std::string text;
        for (const auto& command : ran()) {
            if (!text.empty()) text += '|';
            for (std::size_t i = 0; i < command.words.size(); ++i)
                text += (i > 0 ? " " : "") + command.words[i];
        }
        return text;
    }
    std::vector<Error> refused() {
        const std::lock_guard lock(mutex_);
        return refused_;
    }

    std::map<std::string, int> statuses;

  private:
    std::mutex mutex_;
    std::vector<Invocation> ran_;
    std::vector<Error> refused_;
};

// Keeps what is written.
class TextOutput final : public Output {
  public:
    Result<void> write(std::string_view more) override {
        const std::lock_guard lock(mutex_);
        text_ += more;
        return {};
    }
    std::string text() {
        const std::lock_guard lock(mutex_);
        return text_;
    }

  private:
    std::mutex mutex_;
    std::string text_;
};

}  // namespace gantry::host::fakes
