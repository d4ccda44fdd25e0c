#include <cs/app/access_log.h>
#include <cs/app/listing_report.h>
#include <cs/app/watch_command.h>

#include <fmt/format.h>

#include <algorithm>

namespace gantry::cs {

namespace {

std::string_view change_name(EntryChange change) {
    switch (change) {
        case EntryChange::created:
            return "created";
        case EntryChange::changed:
            return "changed";
        case EntryChange::removed:
            return "removed";
        case EntryChange::overflow:
        case EntryChange::none:
            break;
    }
    return "overflow";
}

bool has_status(const ListingEntry& entry) {
    return entry.change == EntryChange::created || entry.change == EntryChange::changed;
}

std::string format_change(const ListingEntry& entry) {
    const auto name = change_name(entry.change);
    if (entry.change == EntryChange::overflow)
        return "overflow: more changed than is told; list the folder anew\n";
    if (has_status(entry)) return fmt::format("{:<8} {}", name, format_listing({entry}));
    return fmt::format("{:<8} {}\n", name, printable(entry.name));
}

Value change_value(const ListingEntry& entry) {
    Value value = has_status(entry) ? entry_value(entry) : Value::object();
    value.set("change", change_name(entry.change));
    if (entry.change != EntryChange::overflow) value.set("name", entry.name);
    return value;
}

// The channel told to end its answer is not an Error here.
Error enough() { return make_error(ErrorCode::cancelled, "cs", "enough changes"); }

}  // namespace

class WatchCommand::Changes final : public ListingPrinter {
  public:
    Changes(Task began, PoolRunner& pool, Write write, Done done)
        : ListingPrinter(
              pool, [] {}, std::move(write), std::move(done), 0),
          began_(std::move(began)) {}
    void entries_from(std::vector<ListingEntry> part, const ReceiveBuffer& buffer) override {
        if (part.empty()) return (void)std::exchange(began_, {})();
        ListingPrinter::entries_from(std::move(part), buffer);
    }

  private:
    Task began_;
};

void WatchCommand::begin() {
    auto url = CsUrl::parse(call_->arguments().operand("URL"));
    if (!url) return fail(std::move(url).error());
    url_ = std::move(*url);
    const auto count = call_->arguments().integer("count");
    if (count && *count < 1)
        return fail(make_error(ErrorCode::usage, "cs", "--count is at least 1"));
    if (count) most_ = static_cast<std::uint64_t>(*count);
    with_channel(url_.server, [this](Channel channel) { ask(std::move(channel)); });
}

void WatchCommand::ask(Channel channel) {
    asked_ = std::move(channel);
    auto self = std::static_pointer_cast<WatchCommand>(shared_from_this());
    printer_ = std::make_shared<Changes>(
        [self] { self->began(); }, parts_.pool,
        [self](const std::vector<ListingEntry>& part) { return self->write_part(part); },
        [self](Result<ListingOutcome> outcome) { self->ended(std::move(outcome)); });
    asked_->ask(WatchRequest{url_.path, call_->arguments().flag("recursive")}, printer_);
}

void WatchCommand::began() {
    (void)call_->messages().write("watching cs://" + url_.server.to_string() + "/" + url_.path +
                                  "\n");
}

// On the pool.
Result<void> WatchCommand::write_part(std::vector<ListingEntry> changes) {
    changes.resize(
        static_cast<std::size_t>(std::min<std::uint64_t>(changes.size(), most_ - told_)));
    told_ += changes.size();
    std::string text;
    Value::Array items;
    for (const auto& change : changes) {
        text += format_change(change);
        items.push_back(change_value(change));
    }
    auto written =
        call_->json() ? call_->add_items("changes", std::move(items)) : call_->out().write(text);
    if (!written) return written;
    return told_ == most_ ? Result<void>(enough()) : written;
}

void WatchCommand::on_cancelled() {
    if (!printer_) return;
    printer_->cancel(enough());
}

void WatchCommand::ended(Result<ListingOutcome> outcome) {
    asked_->forget(*printer_);
    printer_.reset();
    if (outcome)
        return fail(make_error(ErrorCode::network, "cs",
                               "the server ended the watch: it is going down",
                               url_.server.to_string()));
    if (outcome.error().code == ErrorCode::cancelled) return conclude();
    auto error = std::move(outcome).error();
    if (error.context.empty()) error.context = "/" + url_.path;
    fail(std::move(error));
}

// Who watches ends by cancelling, which is no failure.
void WatchCommand::conclude() {
    auto value = Value::object().set("path", "/" + url_.path);
    finish({}, std::move(value.set("count", told_.load())));
}

}  // namespace gantry::cs
