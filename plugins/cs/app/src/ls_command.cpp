#include <cs/app/access_log.h>
#include <cs/app/ls_command.h>
#include <cs/wire/limits.h>
#include <gantry/crypto/digest.h>
#include <gantry/storage/glob.h>

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

EntryType type_named(std::string_view name) {
    if (name == "file") return EntryType::file;
    return name == "folder" ? EntryType::folder : EntryType::symlink;
}

Error wrong_listing(std::string message) {
    return make_error(ErrorCode::usage, "cs", std::move(message));
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

void LsCommand::begin() {
    if (auto chosen = choose_wire(); !chosen) return fail(std::move(chosen).error());
    auto url = CsUrl::parse(call_->arguments().operand("URL"));
    if (!url) return fail(std::move(url).error());
    auto request = make_request(*url);
    if (!request) return fail(std::move(request).error());
    with_channel(url->server, [this, url = *url, request = *request](Channel channel) {
        ask(url, request, std::move(channel));
    });
}

Result<ListingRequest> LsCommand::make_request(const CsUrl& url) const {
    const auto& arguments = call_->arguments();
    const bool slash = url.folder && !url.path.empty();
    ListingRequest request{slash ? url.path + "/" : url.path, arguments.flag("recursive")};
    if (const auto glob = arguments.text("glob")) {
        if (auto parsed = Glob::parse(*glob); !parsed) return std::move(parsed).error();
        request.glob = *glob;
    }
    if (const auto type = arguments.text("type")) request.only = type_named(*type);
    const auto count = arguments.integer("count");
    if (count && *count < 1) return wrong_listing("--count is at least 1");
    request.count = static_cast<std::uint64_t>(count.value_or(0));
    if (const auto after = arguments.text("after")) {
        const auto bytes = from_hex(*after);
        if (!bytes || bytes->empty() || bytes->size() > limits::kMaxCursor)
            return wrong_listing("--after takes the cursor that an earlier listing told");
        request.cursor = std::string(as_text(*bytes));
    }
    const bool plain = request == ListingRequest{request.path, request.recursive};
    if (wire() == Wire::classic && !plain)
        return wrong_listing("--wire classic has no --glob, --type, --count and --after");
    return request;
}

void LsCommand::ask(const CsUrl& url, ListingRequest request, Channel channel) {
    asked_ = std::move(channel);
    auto self = std::static_pointer_cast<LsCommand>(shared_from_this());
    collector_ = std::make_shared<ListingCollector>(
        [self, url](Result<CollectedListing> listing) { self->listed(url, std::move(listing)); });
    asked_->ask(std::move(request), collector_);
}

void LsCommand::on_cancelled() {
    if (!collector_) return;
    asked_->forget(*collector_);
    collector_.reset();
    fail(make_error(ErrorCode::cancelled, "cs", "cancelled"));
}

void LsCommand::listed(const CsUrl& url, Result<CollectedListing> listing) {
    collector_.reset();
    if (!listing) {
        auto error = std::move(listing).error();
        if (error.context.empty()) error.context = "/" + url.path;
        return fail(std::move(error));
    }
    const auto& entries = listing->entries;
    const bool bare = wire() == Wire::classic;
    auto value = Value::object()
                     .set("path", "/" + url.path)
                     .set("entries", bare ? names_value(entries) : listing_value(entries))
                     .set("skipped", listing->skipped);
    if (!listing->cursor.empty()) {
        const auto cursor = to_hex(as_bytes(listing->cursor));
        value.set("cursor", cursor);
        (void)call_->messages().write("there is more: --after " + cursor + "\n");
    }
    auto text = bare ? format_names(entries) : format_listing(entries);
    if (listing->skipped == 0) return finish(std::move(text), std::move(value));
    fail(
        make_error(ErrorCode::partial, "cs",
                   std::to_string(listing->skipped) + " folders could not be read", "/" + url.path),
        std::move(text), std::move(value));
}

}  // namespace gantry::cs
