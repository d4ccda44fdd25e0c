#include <cs/app/access_log.h>

#include <fmt/format.h>

#include <algorithm>

namespace gantry::cs {

std::string printable(std::string_view text) {
    std::string out(text);
    const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
    std::replace_if(out.begin(), out.end(), control, '?');
    return out;
}

std::string format_access(const AccessRecord& record) {
    if (record.service == kRefusedConnection)
        return fmt::format("{} connection refused: {}", record.peer.to_string(),
                           record.error ? describe(*record.error) : std::string());
    const double ms = to_milliseconds(record.elapsed);
    const char* unit = record.service == "listing" ? "entries" : "bytes";
    const auto name = record.path.empty() ? std::string("/") : printable(record.path);
    const auto how = record.error ? describe(*record.error) : std::string("ok");
    const auto who = record.identity.empty() ? std::string() : " " + printable(record.identity);
    return fmt::format("{}{} {} {} {} {} in {:.1f} ms: {}", record.peer.to_string(), who,
                       record.service, name, record.count, unit, ms, how);
}

}  // namespace gantry::cs
