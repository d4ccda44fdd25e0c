#include <cs/app/access_log.h>
#include <cs/app/ls_command.h>
#include <cs/wire/limits.h>
#include <gantry/crypto/digest.h>
#include <gantry/storage/glob.h>

namespace gantry::cs {

namespace {

EntryType type_named(std::string_view name) {
    if (name == "file") return EntryType::file;
    return name == "folder" ? EntryType::folder : EntryType::symlink;
}

Error wrong_listing(std::string message) {
    return make_error(ErrorCode::usage, "cs", std::move(message));
}

}  // namespace

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
    printer_ = std::make_shared<ListingPrinter>(
        parts_.pool,
        [self] {
            (void)self->call_->messages().write(
                "more than 10000 entries: they come in the server's order\n");
        },
        [self](const std::vector<ListingEntry>& entries) { return self->write_part(entries); },
        [self, url](Result<ListingOutcome> outcome) { self->listed(url, std::move(outcome)); });
    asked_->ask(std::move(request), printer_);
}

// On the pool.
Result<void> LsCommand::write_part(const std::vector<ListingEntry>& entries) {
    if (call_->json()) return call_->add_items("entries", *value_of(entries).as_array());
    return call_->out().write(text_of(entries));
}

std::string LsCommand::text_of(const std::vector<ListingEntry>& entries) const {
    return wire() == Wire::classic ? format_names(entries) : format_listing(entries);
}

Value LsCommand::value_of(const std::vector<ListingEntry>& entries) const {
    return wire() == Wire::classic ? names_value(entries) : listing_value(entries);
}

void LsCommand::on_cancelled() {
    if (!printer_) return;
    asked_->forget(*printer_);
    printer_->cancel(cancelled_error());
}

void LsCommand::listed(const CsUrl& url, Result<ListingOutcome> outcome) {
    if (!outcome) {
        asked_->forget(*printer_);  // it may have failed on this side, with more of it to come
        printer_.reset();
        auto error = std::move(outcome).error();
        if (error.context.empty()) error.context = "/" + url.path;
        return fail(std::move(error));
    }
    printer_.reset();
    auto value = Value::object().set("path", "/" + url.path);
    if (!outcome->streamed) value.set("entries", value_of(outcome->entries));
    value.set("skipped", outcome->skipped);
    if (!outcome->cursor.empty()) {
        const auto cursor = to_hex(as_bytes(outcome->cursor));
        value.set("cursor", cursor);
        (void)call_->messages().write("there is more: --after " + cursor + "\n");
    }
    auto text = text_of(outcome->entries);
    if (outcome->skipped == 0) return finish(std::move(text), std::move(value));
    fail(
        make_error(ErrorCode::partial, "cs",
                   std::to_string(outcome->skipped) + " folders could not be read", "/" + url.path),
        std::move(text), std::move(value));
}

}  // namespace gantry::cs
