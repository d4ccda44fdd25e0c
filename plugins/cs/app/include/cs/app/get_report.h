#pragma once

#include <cs/net/url_download.h>
#include <gantry/core/value.h>

#include <string>
#include <vector>

namespace gantry::cs {

struct GetReportItem {
    std::string url;
    std::string place;  // the local path
    DownloadResult result;
};

// One line for each URL that gave something.
std::string format_get_report(const std::vector<GetReportItem>& items, Duration elapsed);
// {"bytes","files","seconds","path"[,"digest"][,"sha256"][,"failed"][,"items"]}
Value get_report_value(const std::vector<GetReportItem>& items, Duration elapsed);
// What failed within a folder, a line each; the command's own error is told by the host.
std::vector<std::string> failure_lines(const std::vector<GetReportItem>& items);

// "447 MiB/s": what so many bytes in that time come to.
std::string format_speed(std::uint64_t bytes, Duration elapsed);
// "2.00 s (350 MiB/s)", of what moved, and how much of `bytes` was there before.
std::string format_move(std::uint64_t bytes, std::uint64_t resumed, Duration elapsed);

}  // namespace gantry::cs
