#include <host/shell/event_writer.h>
#include <host/shell/json_text.h>

#include <ctime>

namespace gantry::host {
namespace {

// RFC 3339 with milliseconds, in UTC.
std::string timestamp(WallTime at) {
    using namespace std::chrono;
    const auto whole = floor<seconds>(at);
    const auto millis = duration_cast<std::chrono::milliseconds>(at - whole).count();
    const std::time_t unix_time = whole.time_since_epoch().count();
    std::tm parts{};
    ::gmtime_r(&unix_time, &parts);
    char text[40];
    const auto length = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
    const std::string fraction = std::to_string(1000 + millis).substr(1);
    return std::string(text, length) + "." + fraction + "Z";
}

}  // namespace

std::string event_line(const PublishedEvent& event) {
    Value line = Value::object();
    line.set("v", 1);
    line.set("at", timestamp(event.at));
    line.set("type", event.event.type);
    line.set("version", std::uint64_t{event.event.version});
    line.set("plugin", event.plugin);
    if (event.job.value() != 0) line.set("job", event.job.value());
    line.set("fields", event.event.fields);
    return to_json(line) + "\n";
}

EventWriter::EventWriter(EventBus& bus, std::unique_ptr<Output> to)
    : to_(std::move(to)), subscription_(bus.subscribe([out = to_](const PublishedEvent& event) {
          (void)out->write(event_line(event));
      })) {}

}  // namespace gantry::host
