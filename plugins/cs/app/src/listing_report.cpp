#include <cs/app/access_log.h>
#include <cs/app/listing_report.h>

#include <fmt/chrono.h>
#include <fmt/format.h>

namespace gantry::cs {

namespace {

std::string_view type_name(EntryType type) {
    switch (type) {
        case EntryType::file:
            return "file";
        case EntryType::folder:
            return "folder";
        case EntryType::symlink:
            return "link";
        case EntryType::other:
            break;
    }
    return "other";
}

}  // namespace

std::string format_time(std::int64_t nanoseconds) {
    const auto since =
        std::chrono::floor<std::chrono::seconds>(std::chrono::nanoseconds(nanoseconds));
    const auto days = std::chrono::floor<std::chrono::days>(since);
    const std::chrono::year_month_day date{std::chrono::sys_days(days)};
    const std::chrono::hh_mm_ss time(since - days);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                       time.hours().count(), time.minutes().count(), time.seconds().count());
}

std::string format_listing(const std::vector<ListingEntry>& entries) {
    std::string out;
    for (const auto& e : entries)
        fmt::format_to(std::back_inserter(out), "{:<6} {:>13} {} {}{}\n", type_name(e.type), e.size,
                       format_time(e.modified), printable(e.name),
                       e.type == EntryType::folder ? "/" : "");
    return out;
}

Value entry_value(const ListingEntry& entry) {
    Value value = Value::object();
    value.set("type", type_name(entry.type)).set("size", entry.size);
    return value.set("modified", format_time(entry.modified));
}

Value listing_value(const std::vector<ListingEntry>& entries) {
    Value::Array items;
    for (const auto& e : entries) {
        auto item = entry_value(e);
        items.push_back(item.set("name", e.name));
    }
    return Value(std::move(items));
}

std::string format_names(const std::vector<ListingEntry>& entries) {
    std::string out;
    for (const auto& e : entries)
        out += printable(e.name) + (e.type == EntryType::folder ? "/\n" : "\n");
    return out;
}

Value names_value(const std::vector<ListingEntry>& entries) {
    Value::Array items;
    for (const auto& e : entries)
        items.push_back(Value::object().set("name", e.name).set("type", type_name(e.type)));
    return Value(std::move(items));
}

}  // namespace gantry::cs
