#include <cs/app/access_log.h>
#include <cs/app/get_command.h>
#include <cs/app/get_report.h>

namespace gantry::cs {

namespace {

constexpr std::int64_t kMaxConnectionsAsked = 16;

}  // namespace

void GetCommand::begin() {
    if (auto ready = prepare(); !ready) return fail(std::move(ready).error());
    seal_ ? load_key() : next();
}

Result<void> GetCommand::find_key() {
    if (!wants_encrypted_files(call_->arguments(), wire())) return {};
    auto found = SealLoader::find(parts_.context);
    if (!found) return std::move(found).error();
    seal_ = std::move(*found);
    return {};
}

void GetCommand::load_key() {
    auto self = std::static_pointer_cast<GetCommand>(shared_from_this());
    const auto file = call_->local_path(call_->arguments().text("key-file").value());
    parts_.pool.run([loader = *seal_, file] { return loader.load(file); },
                    [self](Result<std::shared_ptr<const FileAsker>> asker) {
                        if (self->is_cancelled()) return self->fail(cancelled_error());
                        if (!asker) return self->fail(std::move(asker).error());
                        self->options_.sealed = std::move(*asker);
                        self->next();
                    });
}

Result<void> GetCommand::prepare() {
    const auto& arguments = call_->arguments();
    if (auto chosen = choose_wire(); !chosen) return chosen;
    if (auto found = find_key(); !found) return found;
    for (const auto& text : arguments.operands("URL")) {
        auto url = CsUrl::parse(text);
        if (!url) return std::move(url).error();
        items_.push_back({std::move(*url), {}, {}});
    }
    options_.verify = !arguments.flag("no-verify");
    options_.overwrite = arguments.flag("no-clobber") ? Overwrite::no : Overwrite::yes;
    options_.sha256 = arguments.flag("sha256");
    options_.resume = !arguments.flag("no-resume") && wire() == Wire::cs1;
    options_.digests = parts_.make_digest();
    connections_ = arguments.integer("connections").value();
    if (connections_ < 1 || connections_ > kMaxConnectionsAsked)
        return make_error(ErrorCode::usage, "cs", "--connections is from 1 to 16");
    if (connections_ > 1 && wire() == Wire::classic)
        return make_error(ErrorCode::usage, "cs", "--wire classic has no parts of files");
    return {};
}

void GetCommand::next() {
    if (current_ == items_.size()) return conclude();
    const auto server = items_[current_].url.server;
    with_channel(server, [this, server](Channel channel) {
        with_more_channels(
            server, static_cast<std::size_t>(connections_ - 1),
            [this, channel](std::vector<Channel> more) { fetch(channel, std::move(more)); });
    });
}

// One file goes to the name that -o says, or into it when it is a folder; without -o to its own
// name here. Several URLs need a folder. A folder's content goes to what -o says.
DownloadPlan GetCommand::make_plan(Item& item) const {
    using Kind = LocalTarget::Kind;
    const auto typed = call_->arguments().text("output");
    const auto name = item.url.name();
    const bool into = items_.size() > 1 || (typed && typed->ends_with('/'));
    auto base = typed ? call_->local_path(*typed) : call_->local_path(into ? "." : name);
    while (base.size() > 1 && base.ends_with('/')) base.pop_back();
    const auto open = parts_.open_store();
    const auto kind = into ? Kind::folder : typed ? Kind::file_or_folder : Kind::file;
    const auto folder = items_.size() > 1 ? base + "/" + name : base;
    item.place = folder;
    return {item.url.path, item.url.folder, std::make_shared<LocalTarget>(open, base, kind),
            std::make_shared<LocalTarget>(open, folder, Kind::folder)};
}

void GetCommand::fetch(Channel channel, std::vector<Channel> others) {
    auto self = std::static_pointer_cast<GetCommand>(shared_from_this());
    download_ = std::make_shared<UrlDownload>(
        FetchParts{parts_.context.loop(), parts_.pool, call_->job(), std::move(channel),
                   std::move(others)},
        options_, make_plan(items_[current_]),
        FetchProgress{
            [this](std::int64_t more) {
                call_->job().set_total(ByteCount(total_ += static_cast<std::uint64_t>(more)));
            },
            [this](std::uint64_t more) { call_->job().progress(ByteCount(done_ += more)); }},
        [self](DownloadResult result) { self->fetched(std::move(result)); });
    download_->start();
}

void GetCommand::on_cancelled() {
    if (download_) download_->cancel();
}

void GetCommand::fetched(DownloadResult result) {
    download_.reset();
    auto& item = items_[current_++];
    if (!result.folder) item.place = result.file.path;
    item.result = std::move(result);
    const auto& error = item.result.error;
    const bool stop = is_cancelled() || (error && error->code == ErrorCode::no_space);
    if (stop) items_.resize(current_);
    next();
}

std::optional<Error> GetCommand::verdict() const {
    std::optional<Error> first;
    bool some = false;
    for (const auto& item : items_) {
        const auto& error = item.result.error;
        if (error && (error->code == ErrorCode::no_space || error->code == ErrorCode::cancelled))
            return error;
        if (error && !first) first = error;
        some = some || !error || error->code == ErrorCode::partial;
    }
    if (!first || !some || items_.size() == 1) return first;
    return make_error(ErrorCode::partial, "cs", "some of the URLs failed: " + describe(*first));
}

void GetCommand::conclude() {
    std::vector<GetReportItem> report;
    for (const auto& item : items_)
        report.push_back(
            {"cs://" + item.url.server.to_string() + "/" + item.url.path, item.place, item.result});
    const auto elapsed = parts_.context.clock().now() - started_;
    auto error = verdict();
    auto text = format_get_report(report, elapsed);
    auto value = get_report_value(report, elapsed);
    if (wire() == Wire::classic) {
        value.set("wire", "classic");
        if (!text.empty()) text += "nothing was checked: this wire has no sizes and no checks\n";
    }
    if (seal_) value.set("encrypted", true);
    for (const auto& line : failure_lines(report)) (void)call_->messages().write(line + "\n");
    if (error) return fail(std::move(*error), std::move(text), std::move(value));
    finish(std::move(text), std::move(value));
}

}  // namespace gantry::cs
