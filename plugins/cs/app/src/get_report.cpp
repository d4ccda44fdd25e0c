#include <cs/app/access_log.h>
#include <cs/app/check_names.h>
#include <cs/app/get_report.h>

#include <fmt/format.h>

namespace gantry::cs {

namespace {

// What was verified on the way, and what was asked for besides.
void add_digests(Value& value, const FileOutcome& file) {
    if (const auto name = check_name(file.check.algorithm); !name.empty())
        value.set("digest",
                  Value::object().set("algorithm", name).set("value", to_hex(file.check.value)));
    if (file.resumed > 0) value.set("resumed", file.resumed);
    if (!file.digest.empty()) value.set("sha256", file.digest);
}

Value item_value(const GetReportItem& item) {
    Value value = Value::object();
    value.set("url", item.url).set("path", item.place);
    value.set("bytes", item.result.bytes).set("files", item.result.files);
    if (item.result.failed > 0) value.set("failed", item.result.failed);
    if (item.result.error) value.set("error", std::string(error_name(item.result.error->code)));
    add_digests(value, item.result.file);
    return value;
}

}  // namespace

std::string format_speed(std::uint64_t bytes, Duration elapsed) {
    const double s = std::max(to_seconds(elapsed), 1e-9);
    return format_rate(BytesPerSecond(static_cast<std::uint64_t>(static_cast<double>(bytes) / s)));
}

std::string format_move(std::uint64_t bytes, std::uint64_t resumed, Duration elapsed) {
    auto text = fmt::format("{} ({})", format_duration(elapsed),
                            format_speed(bytes - std::min(bytes, resumed), elapsed));
    if (resumed > 0) text += fmt::format(", {} were there", format_size(ByteCount(resumed)));
    return text;
}

std::string format_get_report(const std::vector<GetReportItem>& items, Duration elapsed) {
    std::string out;
    for (const auto& item : items) {
        const auto& result = item.result;
        if (result.files == 0 && result.error) continue;
        out += fmt::format("{}  {}", printable(item.place), format_size(ByteCount(result.bytes)));
        if (result.folder) out += fmt::format(" in {} files", result.files);
        if (items.size() == 1)
            out += ", " + format_move(result.bytes, result.file.resumed, elapsed);
        if (const auto name = check_name(result.file.check.algorithm); !name.empty())
            out += fmt::format("  {} {}", name, to_hex(result.file.check.value));
        if (!result.file.digest.empty()) out += "  sha256 " + result.file.digest;
        out += '\n';
    }
    return out;
}

Value get_report_value(const std::vector<GetReportItem>& items, Duration elapsed) {
    std::uint64_t bytes = 0;
    std::uint64_t files = 0;
    Value::Array all;
    for (const auto& item : items) {
        bytes += item.result.bytes;
        files += item.result.files;
        all.push_back(item_value(item));
    }
    Value value = Value::object();
    value.set("bytes", bytes).set("files", files).set("seconds", to_seconds(elapsed));
    if (items.size() == 1) {
        value.set("path", items.front().place);
        add_digests(value, items.front().result.file);
        if (items.front().result.failed > 0) value.set("failed", items.front().result.failed);
    } else {
        value.set("items", Value(std::move(all)));
    }
    return value;
}

std::vector<std::string> failure_lines(const std::vector<GetReportItem>& items) {
    std::vector<std::string> lines;
    for (const auto& item : items) {
        const auto& result = item.result;
        if (result.skipped > 0)
            lines.push_back(
                fmt::format("{}: {} links and devices were left out", item.url, result.skipped));
        if (result.folder)
            for (const auto& failed : result.failures)
                lines.push_back(printable(describe(failed.error)));
        else if (items.size() > 1 && result.error)
            lines.push_back(printable(describe(*result.error)));
    }
    return lines;
}

}  // namespace gantry::cs
