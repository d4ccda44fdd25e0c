#include "real_host_harness.h"

#include <cppunit/extensions/HelperMacros.h>
#include <gantry/command/parser.h>
#include <host/system/system_clock.h>

#include <algorithm>
#include <sstream>

namespace gantry::host {

using testing::conformance::kProbeManifest;
using testing::conformance::ProbeOutcome;
using testing::conformance::ProbePlugin;

namespace {

Runtime::Options options() {
    Runtime::Options o;
    o.setting = [](std::string_view key) -> std::optional<std::string> {
        if (key == "probe.colour") return "green";
        return std::nullopt;
    };
    return o;
}

const PluginEntry& probe_entry() {
    static constexpr PluginEntry kEntry = built_in_entry<ProbePlugin>();
    return kEntry;
}

std::vector<std::string> words_of(const std::string& line) {
    std::istringstream in(line);
    std::vector<std::string> words;
    for (std::string word; in >> word;) words.push_back(word);
    return words;
}

}  // namespace

RealHostHarness::RealHostHarness()
    : runtime_(options()), manifest_(parse_manifest(kProbeManifest).value()) {
    listen_to_events();
    auto made =
        PluginInstance::create(runtime_, manifest_, std::make_unique<BuiltInSource>(probe_entry()));
    instance_ = std::move(made).value();
    const auto started = instance_->start();
    CPPUNIT_ASSERT_MESSAGE(started ? "" : describe(started.error()), started.ok());
    probe_ = static_cast<ProbePlugin*>(
        runtime_.services().require("test", ProbePlugin::key, "").value().service);
}

RealHostHarness::~RealHostHarness() {
    subscription_.release();
    instance_.reset();
}

void RealHostHarness::listen_to_events() {
    subscription_ = runtime_.events().subscribe([this](const PublishedEvent& published) {
        if (published.plugin != "probe" || !published.event.type.starts_with("probe.")) return;
        const std::lock_guard lock(mutex_);
        events_.push_back(published.event);
    });
}

bool RealHostHarness::wait_until(const std::function<bool()>& done, Duration limit) {
    const TimePoint end = runtime_.clock().now() + limit;
    while (!done()) {
        if (runtime_.clock().now() >= end) return false;
        // Most of what is waited for tells nobody, so look again soon.
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, std::chrono::milliseconds(1));
    }
    return true;
}

CommandRequest RealHostHarness::request(const std::string& line, bool json) {
    const auto words = words_of(line);
    const std::string name = words.at(0) + ' ' + words.at(1);
    const auto spec =
        std::ranges::find_if(manifest_.commands, [&](const auto& s) { return s.name == name; });
    auto arguments = parse_arguments(*spec, std::span(words).subspan(2)).value();
    CommandRequest request{name,    line,     arguments, out_, messages_, in_,
                           nullptr, folder(), json,      {},   {}};
    request.listening = [this](std::string listener, Endpoint at) {
        const std::lock_guard lock(mutex_);
        listening_.emplace_back(std::move(listener), at);
    };
    request.finished = [this](CommandOutcome ended) {
        const std::lock_guard lock(mutex_);
        outcome_ = ProbeOutcome{std::move(ended.error), std::move(ended.result), out_.take(),
                                messages_.take(), std::exchange(listening_, {})};
        changed_.notify_all();
    };
    return request;
}

void RealHostHarness::start(const std::string& line, bool json) {
    {
        const std::lock_guard lock(mutex_);
        outcome_.reset();
    }
    auto asked = request(line, json);
    const std::string name = asked.name;
    const auto spec =
        std::ranges::find_if(manifest_.commands, [&](const auto& s) { return s.name == name; });
    const JobId id = instance_->start_command(std::move(asked), *spec).value();
    const std::lock_guard lock(mutex_);
    job_ = id;
}

void RealHostHarness::cancel() {
    JobId id;
    {
        const std::lock_guard lock(mutex_);
        id = job_;
    }
    CPPUNIT_ASSERT(runtime_.jobs().cancel(id).ok());
}

std::optional<ProbeOutcome> RealHostHarness::outcome() {
    const std::lock_guard lock(mutex_);
    return outcome_;
}

std::optional<JobState> RealHostHarness::job_state(const std::string& title) {
    std::optional<JobState> state;
    for (const auto& job : runtime_.jobs().snapshot())
        if (job.title == title) state = job.state;
    return state;
}

std::vector<Event> RealHostHarness::events() {
    const std::lock_guard lock(mutex_);
    return events_;
}

bool RealHostHarness::stop() {
    const auto report = instance_->stop(std::chrono::seconds(10));
    return report.swept == 0 && report.unmapped;
}

}  // namespace gantry::host
